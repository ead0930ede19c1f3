import { z } from "zod";
import { instantOf } from "../../loyalty/local-time.ts";
import { type Phase, phases } from "../../loyalty/program/phase.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { en as t } from "../texts/en.ts";

const wish = z.object({ phase: z.enum(phases), testTag: z.string(), later: z.boolean(), day: z.string(), time: z.string() });

/** What the dialog asks for, with its day and time as clocks in the shop show them; `from` null is now. */
export function readPhaseWish(sent: unknown, timeZone: string): { phase: Phase; from: Date | null; testTag: string | null } | Refusal {
  const { phase, testTag, later, day, time } = wish.parse(sent);
  const tag = testTag.trim();
  if (phase === "testing" && tag === "") return refuse("no tag", t.phase.fillTag, "testTag");
  const from = later ? instantOf({ day, time, timeZone }) : null;
  if (from === undefined) return refuse("no day", t.phase.fillDay, "from");
  return { phase, from, testTag: phase === "testing" ? tag : null };
}
