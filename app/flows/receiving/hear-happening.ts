import type { Tx } from "../../db/database.ts";
import { addHappenings, type Happening, happeningBySource, type Properties } from "../../db/happenings.ts";
import { newId } from "../../ids.ts";
import { isEventName, readProperties } from "../../loyalty/earning/event-properties.ts";
import { isRefusal, type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
import { settleHappenings } from "../settling/settle-happenings.ts";

export type EventWish = {
  member: { memberId: string } | { shopId: string; customerGid: string };
  trigger: Happening["trigger"];
  /** Of an event: what rules call it. */
  name?: string;
  /** When it happened; now where it is left out. */
  at?: Date;
  properties?: unknown;
  /** Whoever tells the same event twice gives it the same source, and it counts once. */
  source: string;
};

export type EventTold = { happeningId: string; memberId: string; before: boolean };

/** Takes in something that happened and settles it. Told again it changes nothing; told otherwise it is refused. */
export async function tellHappening(context: Context, wish: EventWish): Promise<EventTold | Refusal> {
  const told = await context.db.inProgramme(context.scope, (tx) => noteHappening(tx, wish, context.now()));
  if (isRefusal(told)) return told;
  context.passing("event is noted, not settled");
  // Settled on its own, so that what was told is kept whatever its rules still wait for.
  await context.db.inProgramme(context.scope, (tx) => settleHappenings(tx, [told.happeningId], context.now()));
  return told;
}

/** Writes an event down, once for its source, with a job that settles it should nobody else. */
export async function noteHappening(tx: Tx, wish: EventWish, now: Date): Promise<EventTold | Refusal> {
  const wrong = wrongWith(wish, now);
  if (wrong) return wrong;
  const properties = readProperties(wish.properties);
  if (isRefusal(properties)) return properties;
  const member = await memberFor(tx, wish.member);
  if (!member)
    return refuse(
      "no such member",
      "Nobody in this programme is known by this id. Check it, or let them sign in to the shop first.",
      "member",
    );

  // Names of its own for each kind: nobody can tell an event that stands in for a birthday.
  const source = `${wish.trigger} ${wish.source.trim()}`;
  const said = { ...member, trigger: wish.trigger, name: wish.name ?? null, properties };
  const happeningId = newId();
  const [added] = await addHappenings(tx, [{ ...said, happeningId, at: wish.at ?? now, source }], now);
  if (added) {
    await tx.addJob("settle-event", { happeningId }, { key: `settle-event ${happeningId}`, runAt: new Date(Date.now() + 30_000) });
    return { happeningId, memberId: member.memberId, before: false };
  }
  const before = await happeningBySource(tx, source);
  if (!before) throw new Error(`The event ${source} is gone.`);
  return sameEvent(before, said, wish.at)
    ? { happeningId: before.happeningId, memberId: before.memberId, before: true }
    : refuse(
        "told before",
        `“${wish.source}” was told before and said something else. Give another event another source; what was told is not changed.`,
        "source",
      );
}

function wrongWith({ trigger, name, at, source }: EventWish, now: Date): Refusal | undefined {
  if (source.trim() === "" || source.length > 200)
    return refuse("bad source", "Say which event this is, in at most 200 characters, such as the id of the review.", "source");
  if (trigger === "event" && !isEventName(name ?? ""))
    return refuse("bad name", "An event's name has small letters, digits, dots and hyphens, such as review.written.", "name");
  if (trigger !== "event" && name !== undefined) throw new Error(`A ${trigger} has no name of its own.`);
  if (at && Number.isNaN(at.getTime())) return refuse("bad time", "Say when it happened, such as 2026-11-27T09:00:00Z.", "at");
  if (at && at > now) return refuse("in the future", "This has not happened yet. Tell it when it has.", "at");
  if (at && at.getTime() < Date.UTC(2000, 0, 1)) return refuse("bad time", "This is too long ago. Check the year.", "at");
  return undefined;
}

async function memberFor(tx: Tx, wanted: EventWish["member"]): Promise<{ memberId: string; shopId: string | null } | undefined> {
  if ("memberId" in wanted) {
    return tx.one<{ memberId: string; shopId: null }>(
      `select coalesce(merged_into, member_id) as "memberId", null as "shopId" from member where program_id = $1 and member_id::text = $2`,
      [tx.scope.programId, wanted.memberId],
    );
  }
  return tx.one<{ memberId: string; shopId: string }>(
    `select member_id as "memberId", shop_id as "shopId" from customer where program_id = $1 and shop_id = $2 and customer_gid = $3 and deleted_at is null`,
    [tx.scope.programId, wanted.shopId, wanted.customerGid],
  );
}

type Said = { memberId: string; trigger: string; name: string | null; properties: Properties };

function sameEvent(before: Happening, said: Said, at: Date | undefined): boolean {
  return (
    before.memberId === said.memberId &&
    before.name === said.name &&
    (at === undefined || before.at.getTime() === at.getTime()) &&
    sorted(before.properties) === sorted(said.properties)
  );
}

const sorted = (properties: Properties): string => JSON.stringify(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
