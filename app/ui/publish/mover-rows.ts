import type { Say } from "../../loyalty/say.ts";
import { publish as t } from "../texts/publish.ts";

type Move = { from: string | null; to: string | null; members: number };
type Mover = { memberId: string; name: string | null; from: string | null; to: string | null };

export type Movers = {
  looked: number;
  moved: number;
  moves: { from: string; to: string; members: number }[];
  examples: { memberId: string; name: string | null; from: string; to: string }[];
};

const mostNamed = 3;

// Of each move some by name, however many members the first of them has.
function firstOfEach(examples: readonly Mover[]): Mover[] {
  const told = new Map<string, number>();
  return examples.filter(({ name, from, to }) => {
    const move = `${from} ${to}`;
    const count = told.get(move) ?? 0;
    if (name === null || count >= mostNamed) return false;
    told.set(move, count + 1);
    return true;
  });
}

/** Who moves between tiers, by the tiers' names. */
export function moverRows(
  { looked, moved, moves, examples }: { looked: number; moved: number; moves: Move[]; examples: Mover[] },
  say: Say,
): Movers {
  const tier = (id: string | null) => (id === null ? t.movers.noTier : say.nameOf("tier", id));
  return {
    looked,
    moved,
    moves: moves.map(({ from, to, members }) => ({ from: tier(from), to: tier(to), members })),
    examples: firstOfEach(examples).map(({ memberId, name, from, to }) => ({ memberId, name, from: tier(from), to: tier(to) })),
  };
}
