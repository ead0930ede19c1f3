import type { Tx } from "../../db/database.ts";
import { currentProgramme } from "../../db/programme.ts";
import type { Ladder } from "../../loyalty/tiers/ladder.ts";
import { standingAt } from "../../loyalty/tiers/standing.ts";
import { laddersInForce } from "../settling/ladders.ts";
import { pastsOf } from "./standings.ts";

export type Move = { from: string | null; to: string | null; members: number };
export type Mover = {
  memberId: string;
  name: string | null;
  from: string | null;
  to: string | null /** Without another publish, when the old tier would end. */;
  until: Date | null;
};
export type Moves = { looked: number; moved: number; moves: Move[]; examples: Mover[] };

const bite = 200;
const mostExamples = 50;

/**
 * Who would be in another tier if a ladder were published now: all members counted by where from and where to, and
 * some of them by name. Nothing is written. Members are read in bites, so that it can be followed and stopped.
 */
export async function whoMoves(
  tx: Tx,
  draft: Ladder | null,
  { now, signal, onProgress }: { now: Date; signal?: AbortSignal; onProgress?: (looked: number) => void },
): Promise<Moves> {
  const counted = new Map<string, Move>();
  const found: Moves = { looked: 0, moved: 0, moves: [], examples: [] };
  const programme = await currentProgramme(tx, now);
  if (!programme) return found;
  const at = now.getTime();
  const before = await laddersInForce(tx, programme.versions);
  // A version that waits for its day is behind the draft, and changes nothing of today.
  const after = [...before.filter((one) => one.from <= at), { from: at, ladder: draft }];

  for (let last: string | null = null; ; ) {
    signal?.throwIfAborted();
    const members: { memberId: string; name: string | null }[] = await membersAfter(tx, last);
    const pasts = await pastsOf(
      tx,
      members.map((one) => one.memberId),
      programme,
      before,
    );
    for (const { memberId, name } of members) {
      const past = pasts.get(memberId);
      if (!past) continue;
      const is = standingAt(past, at);
      const would = standingAt({ ...past, ladders: after }, at);
      if (is.tierId === would.tierId) continue;
      const [from, to] = [is.tierId, would.tierId];
      const move = counted.get(`${from} ${to}`) ?? { from, to, members: 0 };
      counted.set(`${from} ${to}`, { ...move, members: move.members + 1 });
      found.moved += 1;
      const until = is.until === null ? null : new Date(is.until);
      if (found.examples.length < mostExamples) found.examples.push({ memberId, name, from, to, until });
    }
    found.looked += members.length;
    onProgress?.(found.looked);
    if (members.length < bite) break;
    last = members.at(-1)?.memberId ?? null;
  }
  found.moves = [...counted.values()].sort((a, b) => b.members - a.members);
  return found;
}

const membersAfter = (tx: Tx, last: string | null): Promise<{ memberId: string; name: string | null }[]> =>
  tx.rows(
    `select member_id as "memberId", name from member where program_id = $1 and state <> 'merged' and ($2::uuid is null or member_id > $2)
     order by member_id limit ${bite}`,
    [tx.scope.programId, last],
  );
