import { z } from "zod";
import { instantOf } from "../../loyalty/local-time.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { publish as t } from "../texts/publish.ts";

const wish = z.object({
  revision: z.int(),
  note: z.string(),
  when: z.enum(["now", "planned", "later"]),
  day: z.string(),
  time: z.string(),
});

type At = { timeZone: string /** When the newest version begins, if it still waits. */; planned: Date | null };

const step = z.discriminatedUnion("what", [
  z.object({ what: z.literal("undo"), revision: z.int() }),
  z.object({ what: z.literal("discard"), revision: z.int() }),
  z.object({ what: z.literal("rebase"), revision: z.int(), keep: z.enum(["draft", "published"]).nullable() }),
]);

/** A step of the draft that a page asks for. */
export const readStep = (sent: unknown): z.infer<typeof step> => step.parse(sent);

/** What the review page asks for, with its day and time as clocks in the programme's zone show them; `from` null is now. */
export function readPublishWish(sent: unknown, { timeZone, planned }: At): { revision: number; note: string; from: Date | null } | Refusal {
  const { revision, note, when, day, time } = wish.parse(sent);
  if (when === "planned") return planned ? { revision, note, from: planned } : refuse("no plan", t.noPlan, "from");
  const from = when === "later" ? instantOf({ day, time, timeZone }) : null;
  return from === undefined ? refuse("no day", t.fillDay, "from") : { revision, note, from };
}
