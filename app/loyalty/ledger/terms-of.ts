import type { Definition } from "../program/definition.ts";
import type { Expiry } from "./expiry.ts";

/** How long a unit is held and how long it lives, for a member of a tier. */
export function termsOf(
  { definition }: { definition: Definition },
  unit: string,
  tierId: string | null,
): { holdDays: number; expiry: Expiry } {
  const { policies, units, tiers } = definition;
  if (unit !== "points") {
    const own = units.find((one) => one.id === unit);
    return own ?? { holdDays: 0, expiry: { kind: "never" } };
  }
  const ofTier = tiers?.levels.find((one) => one.id === tierId)?.expiry;
  return { holdDays: policies.holdDays, expiry: ofTier ?? policies.expiry };
}
