import { Temporal } from "temporal-polyfill";
import type { z } from "zod";
import { type Ladder, ladder } from "../../app/loyalty/tiers/ladder.ts";
import { type StandingInput, standingAt, type TierDecision, type TrailEntry } from "../../app/loyalty/tiers/standing.ts";

/** "2026-03-10" is midnight and "2026-03-10T09:30" a time on the clocks of the zone. */
export const instant = (local: string, timeZone = "UTC"): number =>
  Temporal.PlainDateTime.from(local.length > 10 ? local : `${local}T00:00`).toZonedDateTime(timeZone).epochMilliseconds;

export const dayOf = (at: number | null, timeZone = "UTC"): string | null =>
  at === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO(timeZone)
        .toPlainDateTime()
        .toString({ smallestUnit: "minute" })
        .replace("T00:00", "");

/** Bronze for everybody, Silver at 300, Gold at 1,000 spent. */
export const threeTiers = (rules: Partial<z.input<typeof ladder>> = {}): Ladder =>
  ladder.parse({
    levels: [
      { id: "bronze", name: "Bronze" },
      { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 300 }] },
      { id: "gold", name: "Gold", reach: [{ kind: "spend", least: 1000 }] },
    ],
    ...rules,
  });

type Spent = { on: string; spend?: number; refundOf?: string; zone?: string } & Partial<Omit<TrailEntry, "at" | "spend">>;

export const did = ({ on, spend = 0, refundOf, zone = "UTC", ...more }: Spent): TrailEntry => ({
  at: instant(on, zone),
  placedAt: instant(refundOf ?? on, zone),
  spend,
  points: {},
  orders: refundOf ? 0 : 1,
  items: 0,
  referrals: 0,
  buys: [],
  ...more,
});

export const decided = (on: string, kind: TierDecision["kind"], tierId: string, until: string | null = null): TierDecision => ({
  at: instant(on),
  kind,
  tierId,
  until: until === null ? null : instant(until),
  by: "Ada",
  why: "Kind words",
});

export const story = (rules: Partial<z.input<typeof ladder>>, trail: Spent[], more: Partial<StandingInput> = {}): StandingInput => ({
  ladders: [{ from: instant("2020-01-01"), ladder: threeTiers(rules) }],
  joinedAt: instant("2024-05-20T15:00"),
  timeZone: "UTC",
  decisions: [],
  ...more,
  trail: trail.map((one) => did({ zone: more.timeZone ?? "UTC", ...one })),
});

/** The member's changes, as "2026-03-10 gold". */
export function changes(input: StandingInput, until = "2040-01-01"): string[] {
  return standingAt(input, instant(until)).steps.map((step) => `${dayOf(step.at, input.timeZone)} ${step.to}`);
}
