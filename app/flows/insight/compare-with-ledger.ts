import type { Tx } from "../../db/database.ts";
import { givenBeside } from "../../db/past-lives.ts";
import type { PastRow } from "../../db/past-occasions.ts";
import { recordedFor } from "../../db/recorded.ts";
import type { Judgement } from "../../loyalty/earning/evaluate.ts";
import { byPlacing } from "../../loyalty/earning/trail.ts";
import type { Life } from "../../loyalty/insight/lives.ts";
import type { BacktestReport } from "../../loyalty/insight/report.ts";
import { firstOf, theFirst } from "../../loyalty/insight/the-first.ts";
import { duesOf } from "../settling/settle-award.ts";

const examplesShown = 20;

type Found = NonNullable<BacktestReport["ledger"]>;
type Beside = NonNullable<Found["beside"]>;
type Example = Found["examples"][number] & { placedAt: number; key: string };

/** How many orders of some members have in the ledger what the live side gives for them, and the first that have not. */
export type Compared = { equal: number; different: number; examples: Example[]; beside: Beside | null };

/**
 * Holds the live side of a backtest to what was posted, order by order and unit by unit; and member by member to the gifts
 * of tiers and the certificates that they were given.
 */
export function compareWithLedger(until: Date) {
  let [equal, different] = [0, 0];
  const examples = theFirst<Example>(examplesShown, byPlacing);
  const others = theFirst<Beside["examples"][number]>(examplesShown, byMember);
  let [alike, unlike] = [0, 0];
  let lives: { memberId: string; given: string[] }[] = [];
  let noted: { key: string; placedAt: number; shopId: string; orderGid: string; due: Record<string, number> }[] = [];

  return {
    note(row: PastRow, judgement: Judgement): void {
      if (row.kind !== "order") return;
      const { key, shopId, facts } = row;
      noted.push({ key, placedAt: row.placedAt.getTime(), shopId, orderGid: facts.orderGid, due: duesOf(judgement) });
    },
    noteLife(memberId: string, life: Life): void {
      lives.push({ memberId, given: givenIn(life) });
    },
    async compare(tx: Tx): Promise<void> {
      await compareLives(tx);
      const orders = noted;
      noted = [];
      const recorded = await recordedFor(tx, orders);
      for (const { key, placedAt, orderGid, due } of orders) {
        const posted: Record<string, number> = {};
        for (const units of recorded.get(key)?.values() ?? [])
          for (const [unit, points] of Object.entries(units)) posted[unit] = (posted[unit] ?? 0) + points;
        const isEqual = [...new Set([...Object.keys(due), ...Object.keys(posted)])].every(
          (unit) => (due[unit] ?? 0) === (posted[unit] ?? 0),
        );
        if (isEqual) equal += 1;
        else {
          different += 1;
          examples.take({ placedAt, key, orderGid, ledger: posted.points ?? 0, live: due.points ?? 0 });
        }
      }
    },
    found: (): Compared => ({
      equal,
      different,
      examples: [...examples.all()],
      beside: alike + unlike === 0 ? null : { equal: alike, different: unlike, examples: [...others.all()] },
    }),
  };

  async function compareLives(tx: Tx): Promise<void> {
    if (lives.length === 0) return;
    const asked = lives;
    lives = [];
    const ledgers = new Map(asked.map((one) => [one.memberId, [] as string[]]));
    const members = [...ledgers.keys()].filter((memberId) => !memberId.startsWith("gid:"));
    for (const { memberId, cause, what } of await givenBeside(tx, members, until)) ledgers.get(memberId)?.push(`${cause}: ${what}`);
    for (const { memberId, given } of asked) {
      const ledger = (ledgers.get(memberId) ?? []).sort();
      if (JSON.stringify(ledger) === JSON.stringify(given)) alike += 1;
      else {
        unlike += 1;
        const [missed, extra] = [ledger.filter((one) => !given.includes(one)), given.filter((one) => !ledger.includes(one))];
        others.take({ memberId, ledger: missed.slice(0, examplesShown), live: extra.slice(0, examplesShown) });
      }
    }
  }
}

const byMember = (a: { memberId: string }, b: { memberId: string }): number => (a.memberId < b.memberId ? -1 : 1);

// As the ledger names it: its cause, and what was given.
const givenIn = ({ given, certificates }: Life): string[] =>
  [
    ...given.map(({ cause, gift }) => `${cause}: ${gift.kind === "points" ? `${gift.points} ${gift.unit}` : gift.reward}`),
    ...certificates.map(({ cause, rule, reward }) => `${cause}: ${rule.points} ${rule.unit} ${reward.id}`),
  ].sort();

export function mergeCompared(parts: readonly Compared[]): NonNullable<BacktestReport["ledger"]> {
  const { examples, ...orders } = summed<Example>(parts, byPlacing);
  const lived = parts.flatMap((one) => one.beside ?? []);
  return {
    ...orders,
    examples: examples.map(({ orderGid, ledger, live }) => ({ orderGid, ledger, live })),
    ...(lived.length > 0 ? { beside: summed<Beside["examples"][number]>(lived, byMember) } : {}),
  };
}

type Sums<One> = { equal: number; different: number; examples: One[] };

const summed = <One>(parts: readonly Sums<One>[], order: (a: One, b: One) => number): Sums<One> => ({
  equal: parts.reduce((sum, one) => sum + one.equal, 0),
  different: parts.reduce((sum, one) => sum + one.different, 0),
  examples: firstOf(
    examplesShown,
    order,
    parts.map((one) => one.examples),
  ),
});
