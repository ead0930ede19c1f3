import type { Transaction } from "../../db/ledger.ts";
import { newId } from "../../ids.ts";
import type { Judgement } from "../../loyalty/earning/evaluate.ts";
import type { OrderFacts } from "../../loyalty/facts.ts";
import { type Book, turnPage } from "../../loyalty/ledger/book.ts";
import { correct } from "../../loyalty/ledger/correct.ts";
import { expiresAt } from "../../loyalty/ledger/expires-at.ts";
import { keepAlive } from "../../loyalty/ledger/longer-lots.ts";
import { termsOf } from "../../loyalty/ledger/terms-of.ts";
import type { Points } from "../../loyalty/points.ts";
import type { Judged } from "./judge-orders.ts";

/** The books of members, by unit and then by member. */
export type Shelves = ReadonlyMap<string, Map<string, Book>>;

type Award = Judged & {
  shelves: Shelves;
  recorded: ReadonlyMap<string, Record<string, Points>> | undefined;
  expired: ReadonlyMap<string, Points>;
  joinedAt: ReadonlyMap<string, Date>;
  now: Date;
};

/** The order's member gets what is due; somebody who had it before, and is no longer its customer, gets nothing. */
export function settleAward({ order, judgement, programme, tierId, shelves, recorded, expired, joinedAt, now }: Award): Transaction[] {
  const others = [...(recorded?.keys() ?? [])].filter((member) => member !== order.memberId);
  return [...others, ...(order.memberId ? [order.memberId] : [])].flatMap((memberId) => {
    const isTheirs = memberId === order.memberId;
    const due = isTheirs ? duesOf(judgement) : {};
    const before = recorded?.get(memberId) ?? {};
    const transactionId = newId();
    const written = [...new Set(["points", ...Object.keys(due), ...Object.keys(before)])].map((unit) => {
      const book = bookOf(shelves, unit, memberId);
      const sale = saleLot({ order, judgement, programme, tierId }, { unit, transactionId, joinedAt: joinedAt.get(memberId) });
      correct(book, { due: due[unit] ?? 0, recorded: before[unit] ?? 0, sale, now, expired });
      if (isTheirs && keepsAlive({ order, programme, tierId }, unit)) keepAlive(book, sale.expiresAt, sale.earnedAt);
      return turnPage(book);
    });
    const postings = written.flatMap((one) => one.postings);
    if (postings.length === 0) return [];
    return [
      {
        transactionId,
        kind: "order" as const,
        source: `${order.shopId} ${order.orderGid} ${order.settlements + 1}${isTheirs ? "" : ` ${memberId}`}`,
        memberId,
        shopId: order.shopId,
        orderGid: order.orderGid,
        redemptionId: null,
        version: judgement.version,
        actor: null,
        explanation: {
          order: order.facts.name,
          due: due.points ?? 0,
          recorded: before.points ?? 0,
          ...otherUnits(due, before),
          ...(isSome(before) && isAsSold(order.facts) ? { asSold: true as const } : {}),
          judgement,
        },
        occurredAt: occurredAt(order, before.points ?? 0, due.points ?? 0),
        postings,
        newLots: written.flatMap((one) => one.newLots),
        uses: written.flatMap((one) => one.uses),
      },
    ];
  });
}

const isSome = (recorded: Record<string, Points>): boolean => Object.values(recorded).some((points) => points > 0);

// What is due otherwise than before, and nothing of the order came back: its member's history is not what it was.
const isAsSold = ({ refunds, refundedWithoutLines, lines }: OrderFacts): boolean =>
  refunds.length === 0 && refundedWithoutLines === 0 && lines.every((line) => line.remaining === line.quantity);

export const duesOf = (judgement: Judgement): Record<string, Points> => ({ points: judgement.due, ...judgement.units });

function otherUnits(due: Record<string, Points>, recorded: Record<string, Points>) {
  const units = [...new Set([...Object.keys(due), ...Object.keys(recorded)])].filter((unit) => unit !== "points");
  return units.length === 0
    ? {}
    : { units: Object.fromEntries(units.map((unit) => [unit, { due: due[unit] ?? 0, recorded: recorded[unit] ?? 0 }])) };
}

export function bookOf(shelves: Shelves, unit: string, memberId: string): Book {
  const book = shelves.get(unit)?.get(memberId);
  if (!book) throw new Error(`The ${unit} of member ${memberId} are not held.`);
  return book;
}

type Sale = { unit: string; transactionId: string; joinedAt: Date | undefined };

function saleLot({ order, judgement, programme, tierId }: Judged, { unit, transactionId, joinedAt }: Sale) {
  const earnedAt = new Date(order.facts.placedAt);
  const paid = order.facts.payment === "paid" ? (order.paidAt ?? earnedAt) : null;
  const { holdDays, expiry } = termsOf(programme, unit, tierId);
  return {
    lotId: newId(),
    transactionId,
    shopId: order.shopId,
    orderGid: order.orderGid,
    availableFrom: paid && addDays(paid, holdDays),
    expiresAt: expiresAt(expiry, { earnedAt, joinedAt: joinedAt ?? earnedAt, timeZone: programme.timeZone }),
    netSaleMinor: judgement.amount,
    currency: order.facts.currency,
    earnedAt,
  };
}

/**
 * Whether what the member has of a unit lives on with this order: it ends by inactivity in the tier that they were in then.
 * A purchase is something that they did, whatever became of it later, so that it does not matter which version came first.
 */
export const keepsAlive = ({ order, programme, tierId }: Pick<Judged, "order" | "programme" | "tierId">, unit: string): boolean =>
  !order.facts.test && termsOf(programme, unit, tierId).expiry.kind === "inactivity";

// The first award happened when the order was placed, whatever came late; a correction when the order changed.
const occurredAt = (order: Judged["order"], before: Points, due: Points): Date =>
  new Date(before === 0 && due > 0 ? order.facts.placedAt : order.facts.versionAt);

const addDays = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);
