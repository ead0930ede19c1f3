import { expiresAt } from "../ledger/expires-at.ts";
import type { Expiry } from "../ledger/expiry.ts";
import type { Points } from "../points.ts";
import type { Given } from "./side.ts";

/** Of one member on one side. */
export type Held = {
  issued: Points;
  lasting: Points;
  inactivity: Points;
  /** By which of it ends when the member does nothing more: the last that gave any. */
  inactive: Expiry | null;
  lastAt: number;
};

export const nothingHeld = (): Held => ({ issued: 0, lasting: 0, inactivity: 0, inactive: null, lastAt: 0 });

/**
 * Points that are open at an instant: what was given and has not ended by then, less what members redeemed, which is
 * taken from the oldest. Redemptions are those that happened, on both sides.
 */
export function openPoints(end: number, timeZone: string) {
  return {
    take(
      held: Held,
      { judgement: { due: points }, tierId, programme: { definition } }: Given,
      earned: { at: number; joinedAt: number },
    ): void {
      if (earned.at > held.lastAt) held.lastAt = earned.at;
      if (points === 0) return;
      const { policies, tiers } = definition;
      const expiry = tiers?.levels.find((one) => one.id === tierId)?.expiry ?? policies.expiry;
      held.issued += points;
      if (expiry.kind === "inactivity") {
        held.inactive = expiry;
        held.inactivity += points;
      } else if (lasts(expiry, earned)) held.lasting += points;
    },
    openOf({ issued, lasting, inactivity, inactive, lastAt }: Held, redeemed: Points): Points {
      const active = inactive !== null && lasts(inactive, { at: lastAt, joinedAt: lastAt });
      return Math.max(0, Math.min(lasting + (active ? inactivity : 0), issued - redeemed));
    },
  };

  function lasts(expiry: Expiry, { at, joinedAt }: { at: number; joinedAt: number }): boolean {
    if (expiry.kind === "never") return true;
    if (expiry.kind === "after earning") return at + expiry.days * 86_400_000 > end;
    const until = expiresAt(expiry, { earnedAt: new Date(at), joinedAt: new Date(joinedAt), timeZone });
    return until === null || until.getTime() > end;
  }
}
