import type { Tx } from "../../db/database.ts";
import { addHappenings, type Told } from "../../db/happenings.ts";
import { compiledVersion, publishedVersions } from "../../db/programme.ts";
import { newId } from "../../ids.ts";
import { daysToCelebrate, type Remembered } from "../../loyalty/earning/days-to-celebrate.ts";
import { versionAt } from "../../loyalty/program/phase.ts";
import type { Context } from "../context.ts";
import { settleHappenings } from "./settle-happenings.ts";

const bite = 300;

/** A run may be missed, and a birthday may be told late: so many days are looked back. */
const daysBack = 31;

type Kind = "birthday" | "anniversary";

/**
 * Birthdays and anniversaries of joining, of today and of days that were missed, where the version of the day rewards
 * them. Each is an event at the day's first instant, once a year. @returns how many there were
 */
export async function celebrate(context: Pick<Context, "db" | "scope" | "now" | "passing">): Promise<number> {
  const { db, scope, now } = context;
  const days = await db.inProgramme(scope, (tx) => rewardedDays(tx, now()));
  let many = 0;
  for (const kind of ["birthday", "anniversary"] as const) {
    for (let found = bite; days[kind].length > 0 && found === bite; many += found)
      found = await db.inProgramme(scope, async (tx) => {
        const added = await note(tx, kind, days[kind], now());
        await settleHappenings(tx, added, now());
        context.passing("a bite of birthdays is settled, not committed");
        return added.length;
      });
  }
  return many;
}

async function rewardedDays(tx: Tx, now: Date): Promise<Record<Kind, Remembered[]>> {
  const versions = await publishedVersions(tx);
  const program = await tx.one<{ time_zone: string }>("select time_zone from program where program_id = $1", [tx.scope.programId]);
  const rewarded: Record<Kind, Remembered[]> = { birthday: [], anniversary: [] };
  if (!program) return rewarded;
  for (const day of daysToCelebrate(now, program.time_zone, daysBack)) {
    const version = versionAt(versions, day.at);
    if (!version) continue;
    const { rules } = await compiledVersion(tx, version.version);
    for (const kind of ["birthday", "anniversary"] as const) if (rules.some(({ rule }) => rule.on.kind === kind)) rewarded[kind].push(day);
  }
  return rewarded;
}

async function note(tx: Tx, kind: Kind, days: readonly Remembered[], now: Date): Promise<string[]> {
  const rows = await tx.rows<{ memberId: string; at: Date; year: number }>(queries[kind], [
    tx.scope.programId,
    JSON.stringify(days.flatMap(({ at, year, monthDays }) => monthDays.map((monthDay) => ({ at, year, monthDay })))),
    bite,
  ]);
  const told = rows.map(
    ({ memberId, at, year }): Told => ({
      happeningId: newId(),
      memberId,
      shopId: null,
      trigger: kind,
      name: null,
      at,
      properties: {},
      source: `${kind} ${memberId} ${year}`,
    }),
  );
  return addHappenings(tx, told, now);
}

// A birthday that was moved does not come twice within ten months, whatever the year says.
const days = `json_to_recordset($2) as d(at timestamptz, year int, "monthDay" text)`;
const isNew = (
  kind: Kind,
): string => `not exists (select from happening h where h.program_id = $1 and h.member_id = m.member_id and h.trigger = '${kind}'
    and h.at > d.at - interval '300 days' and h.at < d.at + interval '300 days')`;

const queries: Record<Kind, string> = {
  birthday: `select distinct on (m.member_id) m.member_id as "memberId", d.at, d.year
    from ${days} join customer c on c.program_id = $1 and c.birthday = d."monthDay" and c.deleted_at is null
      join member m on m.program_id = $1 and m.member_id = c.member_id
    where m.state = 'active' and m.joined_at <= d.at and ${isNew("birthday")}
    order by m.member_id, d.at desc limit $3`,
  anniversary: `select distinct on (m.member_id) m.member_id as "memberId", d.at, d.year
    from ${days} join program p on p.program_id = $1 join member m on m.program_id = $1 and to_char(m.joined_at at time zone p.time_zone, 'MM-DD') = d."monthDay"
    where m.state = 'active' and extract(year from m.joined_at at time zone p.time_zone) < d.year and ${isNew("anniversary")}
    order by m.member_id, d.at desc limit $3`,
};
