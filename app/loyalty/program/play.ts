import { compile } from "../earning/evaluate.ts";
import { instantOf } from "../local-time.ts";
import type { Definition } from "./definition.ts";
import { act, sayDeed } from "./play/act.ts";
import { passUntil } from "./play/pass-time.ts";
import { settle } from "./play/settle.ts";
import { balancesOf, onPage, type PlayedStep, seat, type Table } from "./play/table.ts";
import type { Story } from "./story.ts";

export type { Gift, PlayedStep } from "./play/table.ts";

export type Shop = {
  timeZone: string;
  currency: string;
  /** Minor units of one everyday unit of money: 100 for a dollar, 100 for a hundred yen, 1000 for a dinar. */
  unit: number;
};

export type Played = {
  steps: PlayedStep[];
  /** What is held in the end, by unit. */
  balances: PlayedStep["balances"];
  tierId: string | null;
  /** What ends if nothing more happens, soonest first. */
  expiring: { at: number; unit: string; points: number }[];
};

/**
 * Lives a story through a programme: each order and event is judged as the shop's would be, posted to books as the
 * ledger's are, and time brings birthdays, maturity, expiry, tiers and certificates on their own days.
 *
 * Nothing is stored and nothing is asked: it is the same code with a member who is only imagined. What it leaves out
 * is what members share (the programme's budgets).
 */
export function play(definition: Definition, story: Story, shop: Shop): Played {
  const steps = story.steps.map((step) => ({ step, at: momentOf(step.at, shop.timeZone) })).sort((a, b) => a.at - b.at);
  const [first = 0, until = 0] = [steps[0]?.at, steps.at(-1)?.at];
  const { joined, ...member } = story.member ?? {};
  const joinedAt = joined ? Math.min(first, momentOf(joined, shop.timeZone)) : first;
  const table = seat(compile(0, definition, shop), { ...member, joinedAt, until }, shop);

  for (const { step, at } of steps) {
    passUntil(table, at);
    onPage(table, at, sayDeed(table, step), () => {
      act(table, step);
      settle(table);
    });
  }
  return { steps: table.steps, balances: balancesOf(table), tierId: table.tierId, expiring: expiringOf(table) };
}

/** "2026-03-14" is noon of that day, "2026-03-14T18:30" that time of it. @throws for what is no day */
export function momentOf(local: string, timeZone: string): number {
  const [day = "", time = "12:00"] = local.split("T");
  const instant = instantOf({ day, time, timeZone });
  if (!instant) throw new RangeError(`“${local}” is no day.`);
  return instant.getTime();
}

function expiringOf({ books }: Table): Played["expiring"] {
  const sums = new Map<string, { at: number; unit: string; points: number }>();
  for (const book of books.values()) {
    for (const { left, expiresAt } of book.lots) {
      if (left === 0 || expiresAt === null) continue;
      const key = `${expiresAt.getTime()} ${book.unit}`;
      const sum = sums.get(key) ?? { at: expiresAt.getTime(), unit: book.unit, points: 0 };
      sums.set(key, { ...sum, points: sum.points + left });
    }
  }
  return [...sums.values()].sort((a, b) => a.at - b.at || (a.unit < b.unit ? -1 : 1));
}
