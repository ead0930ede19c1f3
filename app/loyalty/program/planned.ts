/**
 * Kinds that DESIGN.md speaks of and that this version does not have yet. A programme that asks for one is refused
 * with that sentence rather than with a guess at what was meant. A kind that gets built is found before this list is.
 */
const planned: Readonly<Record<string, readonly string[]>> = {
  award: ["donation", "store credit", "gift card", "raffle entry", "referral"],
  worth: ["percent off", "free shipping", "free product", "gift card", "store credit", "donation", "product", "raffle entry"],
  on: ["referred", "reviewed", "subscribed", "visited", "followed", "answered", "donated"],
  gift: ["store credit", "free shipping", "gift card"],
};

export const isPlanned = (place: string, kind: string): boolean => {
  const plain = kind.trim().toLowerCase().replaceAll(/[-_]/g, " ");
  return Object.hasOwn(planned, place) && (planned[place] ?? []).some((one) => plain === one || plain === `${one}s`);
};
