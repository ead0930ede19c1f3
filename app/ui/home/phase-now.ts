import type { PhaseChange } from "../../loyalty/program/phase.ts";
import type { PhaseNow } from "./phase-card.tsx";

/** How the programme stands at an instant, and what is decided to come next. */
export function phaseNow(
  programme: { phase: PhaseNow["phase"]; testTag: string | null; phases: readonly PhaseChange[] },
  now: Date,
): PhaseNow {
  const begun = programme.phases.filter((one) => one.from <= now && one.phase === programme.phase);
  const next = programme.phases.filter((one) => one.from > now).sort((a, b) => a.from.getTime() - b.from.getTime() || b.seq - a.seq)[0];
  const since = begun.sort((a, b) => b.from.getTime() - a.from.getTime())[0]?.from;
  return {
    phase: programme.phase,
    testTag: programme.testTag,
    since: since?.toISOString() ?? null,
    next: next ? { phase: next.phase, from: next.from.toISOString() } : null,
  };
}
