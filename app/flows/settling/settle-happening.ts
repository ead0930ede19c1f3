import type { Transaction } from "../../db/ledger.ts";
import { newId } from "../../ids.ts";
import { turnPage } from "../../loyalty/ledger/book.ts";
import { correct } from "../../loyalty/ledger/correct.ts";
import { expiresAt } from "../../loyalty/ledger/expires-at.ts";
import { keepAlive } from "../../loyalty/ledger/longer-lots.ts";
import { termsOf } from "../../loyalty/ledger/terms-of.ts";
import type { Points } from "../../loyalty/points.ts";
import type { JudgedHappening } from "./judge-happenings.ts";
import { bookOf, type Shelves } from "./settle-award.ts";

/** What was posted for an event so far, by member and unit. */
export type Recorded = ReadonlyMap<string, Record<string, Points>>;

type Award = JudgedHappening & {
  shelves: Shelves;
  recorded: Recorded | undefined;
  /** The event's own lots, by "<event> <unit>". */
  own: ReadonlyMap<string, ReadonlySet<string>>;
  expired: ReadonlyMap<string, Points>;
  joinedAt: ReadonlyMap<string, Date>;
  now: Date;
};

/** Posts what an event is due less what it was given. Its points are given free: no sale earned them. */
export function settleHappening({ happening, judgement, programme, shelves, recorded, own, expired, joinedAt, now }: Award): Transaction[] {
  const { happeningId, memberId, at, settlements } = happening;
  const due: Record<string, Points> = { points: judgement.due, ...judgement.units };
  const before = recorded?.get(memberId) ?? {};
  const transactionId = newId();
  const written = [...new Set([...Object.keys(due), ...Object.keys(before)])].map((unit) => {
    const book = bookOf(shelves, unit, memberId);
    const { expiry } = termsOf(programme, unit, judgement.member?.tierId ?? null);
    const isOwn = own.get(`${happeningId} ${unit}`);
    const ends = expiresAt(expiry, { earnedAt: at, joinedAt: joinedAt.get(memberId) ?? at, timeZone: programme.timeZone });
    correct(book, {
      due: due[unit] ?? 0,
      recorded: before[unit] ?? 0,
      sale: {
        lotId: newId(),
        transactionId,
        origin: "gift",
        shopId: null,
        orderGid: null,
        // A return window is counted from a payment, and here is none.
        availableFrom: new Date(at.getTime() + holdDaysOf(programme, unit) * 86_400_000),
        expiresAt: ends,
        netSaleMinor: null,
        currency: null,
        earnedAt: at,
      },
      now,
      expired,
      isOwn: (lot) => isOwn?.has(lot.lotId) ?? false,
    });
    if (expiry.kind === "inactivity" && (due[unit] ?? 0) > 0) keepAlive(book, ends, at);
    return turnPage(book);
  });
  const postings = written.flatMap((one) => one.postings);
  if (postings.length === 0) return [];
  const { trigger, name } = happening;
  return [
    {
      transactionId,
      kind: "event",
      source: `${happeningId} ${settlements + 1}`,
      memberId,
      shopId: happening.shopId,
      orderGid: null,
      redemptionId: null,
      version: judgement.version,
      actor: null,
      explanation: { event: { trigger, name }, due: due.points ?? 0, recorded: before.points ?? 0, ...unitsOf(due, before), judgement },
      occurredAt: settlements === 0 ? at : now,
      postings,
      uses: written.flatMap((one) => one.uses),
      newLots: written.flatMap((one) => one.newLots),
    },
  ];
}

function holdDaysOf({ definition }: JudgedHappening["programme"], unit: string): number {
  return definition.units.find((one) => one.id === unit)?.holdDays ?? 0;
}

function unitsOf(due: Record<string, Points>, before: Record<string, Points>) {
  const units = [...new Set([...Object.keys(due), ...Object.keys(before)])].filter((unit) => unit !== "points");
  if (units.length === 0) return {};
  return { units: Object.fromEntries(units.map((unit) => [unit, { due: due[unit] ?? 0, recorded: before[unit] ?? 0 }])) };
}
