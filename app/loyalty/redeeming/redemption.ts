import type { Minor } from "../money.ts";
import { type Points, roundUp } from "../points.ts";

/**
 * reserved: points are set aside, a code is chosen. issued: the code exists in Shopify. used: an order has it.
 * releasing: the code is being switched off. released: the points are back. refused: Shopify would not make it.
 */
export type RedemptionState = "reserved" | "issued" | "used" | "releasing" | "released" | "refused";

/** The legal steps. "used" is reached from everywhere: an order that arrives with the code is a fact. */
export const steps: Record<RedemptionState, readonly RedemptionState[]> = {
  reserved: ["issued", "used", "releasing", "released", "refused"],
  issued: ["used", "releasing", "released"],
  releasing: ["released", "used"],
  released: ["used"],
  refused: ["used"],
  used: ["released"],
};

/** Where a redemption's points are. */
export function whereOf(state: RedemptionState): "reserved" | "used" | "released" {
  if (state === "used") return "used";
  return state === "released" || state === "refused" ? "released" : "reserved";
}

/** @throws when the step is not legal: only a bug asks for it */
export function mayStep(from: RedemptionState, to: RedemptionState): void {
  if (!steps[from].includes(to)) throw new Error(`A redemption does not go from ${from} to ${to}.`);
}

/**
 * What an order costs of a reward's points: all of them, or the share of the face value that it really took
 * off, rounded up, so that no more comes back than was not used. A cancelled order costs nothing.
 */
export function costOf(use: {
  points: Points;
  faceValue: Minor | null;
  given: Minor;
  unusedComesBack: boolean;
  cancelled: boolean;
}): Points {
  if (use.cancelled) return 0;
  if (use.faceValue === null || !use.unusedComesBack) return use.points;
  return Math.min(use.points, roundUp(BigInt(use.points) * BigInt(Math.max(0, use.given)), use.faceValue));
}
