import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { zoneOf } from "../../app/loyalty/tiers/zone.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.info(`seed ${seed}`);

const zone = fc.constantFrom(
  "UTC",
  "America/New_York",
  "Europe/Paris",
  "Asia/Kathmandu",
  "Pacific/Kiritimati",
  "Australia/Lord_Howe",
  "America/Sao_Paulo",
  "Africa/Casablanca",
);
// Every quarter of an hour of 25 years; and often one beside a change of the clocks.
const quarter = 900_000;
const anywhen = fc.integer({ min: 0, max: 25 * 365 * 96 }).map((n) => Date.UTC(2010, 0, 1) + n * quarter);
const beside = (timeZone: string) =>
  fc.tuple(anywhen, fc.integer({ min: -8, max: 8 })).map(([at, quarters]) => {
    const change = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).getTimeZoneTransition("next");
    return (change?.epochMilliseconds ?? at) + quarters * quarter;
  });

test("adding months and days is what Temporal says, in every zone, beside every change of the clocks", () => {
  const cases = zone.chain((timeZone) =>
    fc.record({
      timeZone: fc.constant(timeZone),
      at: fc.oneof(anywhen, beside(timeZone)),
      by: fc.oneof(
        fc.integer({ min: 0, max: 36 }).map((months) => ({ months })),
        fc.integer({ min: 0, max: 800 }).map((days) => ({ days })),
      ),
    }),
  );
  fc.assert(
    fc.property(cases, ({ timeZone, at, by }) => {
      const said = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).add(by).epochMilliseconds;
      expect(zoneOf(timeZone).add(at, by)).toBe(said);
    }),
    { seed, numRuns: 1000 * Number(process.env.TIMES ?? 1) },
  );
});
