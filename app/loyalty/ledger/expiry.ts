import { z } from "zod";
import { count, days } from "../settings.ts";

/** When points end. Days and months are counted by the calendar of the programme's zone. */
export const expiry = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("never") }),
  z.strictObject({ kind: z.literal("after earning"), days: days({ label: "Days", help: "Counted from earning." }, { least: 1 }) }),
  /** All points, so long after the member last earned or spent any. */
  z.strictObject({ kind: z.literal("inactivity"), months: count({ label: "Months without earning or spending" }, { most: 120 }) }),
  /** With the calendar year, so many years after the one they were earned in. */
  z.strictObject({ kind: z.literal("end of year"), years: count({ label: "Years after the year of earning" }, { least: 0, most: 10 }) }),
  /** With the member's own year, which begins on the day they joined. */
  z.strictObject({ kind: z.literal("membership year") }),
]);

export type Expiry = z.infer<typeof expiry>;
