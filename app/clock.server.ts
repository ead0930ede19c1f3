import { remember } from "@epic-web/remember";
import { env } from "./env.server.ts";

// The sandbox can move its clock, and an app that lived in another time would refuse its orders. Signatures and
// tokens keep the wall clock; only what the programme decides follows.
const clock = remember("clock", () => ({ offsetMs: 0, timer: undefined as NodeJS.Timeout | undefined, listeners: new Set<() => void>() }));

/** The instant that the programme lives in. */
export const now = (): Date => new Date(Date.now() + clock.offsetMs);

/** Follows the sandbox's clock where there is a sandbox; calls `whenMoved` after a jump. */
export function followSandboxClock(whenMoved?: () => void): void {
  const sandbox = env().SANDBOX_URL;
  if (whenMoved) clock.listeners.add(whenMoved);
  if (!sandbox || clock.timer) return;
  clock.timer = setInterval(() => void ask(sandbox), 500);
  clock.timer.unref();
  void ask(sandbox);
}

async function ask(sandbox: string): Promise<void> {
  const answer = await fetch(`${sandbox}/control/clock`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  if (!answer?.ok) return;
  const { offsetMs } = (await answer.json()) as { offsetMs: number };
  const moved = Math.abs(offsetMs - clock.offsetMs) > 1500;
  clock.offsetMs = offsetMs;
  if (moved) for (const tell of clock.listeners) tell();
}
