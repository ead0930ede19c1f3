import { z } from "zod";
import { instantOf } from "../../loyalty/local-time.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { publish as t } from "../texts/publish.ts";

const wish = z.object({ revision: z.int(), note: z.string(), later: z.boolean(), day: z.string(), time: z.string() });

const step = z.discriminatedUnion("what", [
  z.object({ what: z.literal("undo"), revision: z.int() }),
  z.object({ what: z.literal("discard"), revision: z.int() }),
  z.object({ what: z.literal("rebase"), revision: z.int(), keep: z.enum(["draft", "published"]).nullable() }),
]);

/** A step of the draft that a page asks for. */
export const readStep = (sent: unknown): z.infer<typeof step> => step.parse(sent);

/** What the review page asks for, with its day and time as clocks in the programme's zone show them; `from` null is now. */
export function readPublishWish(sent: unknown, timeZone: string): { revision: number; note: string; from: Date | null } | Refusal {
  const { revision, note, later, day, time } = wish.parse(sent);
  const from = later ? instantOf({ day, time, timeZone }) : null;
  return from === undefined ? refuse("no day", t.fillDay, "from") : { revision, note, from };
}
