import type { Basket } from "./award-kind.ts";

/** The pieces that were paid for: one that was given free, or of which all money came back, is not one that was bought. */
export function piecesOf({ items }: Basket): { pieces: number; weights: number[] } {
  const weights = items.map((one) => (one.amount > 0 ? one.pieces : 0));
  return { pieces: weights.reduce((sum, one) => sum + one, 0), weights };
}
