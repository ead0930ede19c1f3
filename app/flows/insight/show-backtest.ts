import { type Backtest, readBacktest, reportOf, triedBy } from "../../db/backtests.ts";
import type { Tx } from "../../db/database.ts";
import { definitionOf } from "../../db/drafts.ts";
import type { Judgement } from "../../loyalty/earning/judgement.ts";
import { stepsOf, tellJudgement } from "../../loyalty/explain/tell-judgement.ts";
import type { BacktestReport } from "../../loyalty/insight/report.ts";
import type { Names, Person, ReportShown } from "../../loyalty/insight/shown.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { wordsOfProgrammes } from "../../loyalty/program/words-of-programmes.ts";
import type { Context } from "../context.ts";

export type ShownBacktest = { one: Backtest; report: ReportShown | null; names: Names; people: Record<string, Person> };

/** A backtest as its page shows it: what shops share, and of orders those of this shop only. */
export async function showBacktest({ db, scope }: Context, backtestId: string): Promise<ShownBacktest | undefined> {
  return db.inProgramme(scope, async (tx) => {
    const one = await readBacktest(tx, backtestId);
    if (!one) return undefined;
    const found = one.state === "done" ? await reportOf(tx, backtestId) : null;
    if (!found) return { one, report: null, names: { tier: {}, reward: {}, badge: {}, unit: {} }, people: {} };
    const draft = await triedBy(tx, backtestId);
    const versions = await versionsIn(tx, found);
    const definitions = [draft, ...[...versions.values()].reverse()] as const;
    const { changedOrders, ...report } = { ...found, live: whole(found.live), draft: whole(found.draft) };
    const mine = scope.shopId === "*" ? changedOrders : changedOrders.filter((order) => order.shopId === scope.shopId);
    const tell = (judgement: Judgement, definition: Definition) => {
      const say = wordsOfProgrammes(report.currency, definition, ...definitions);
      return stepsOf(tellJudgement(judgement, say, definition), say);
    };
    const shown = mine.map(({ orderGid, name, memberId, placedAt, live, draft: would, traces }) => ({
      orderGid,
      name,
      memberId: isMember(memberId) ? memberId : null,
      at: new Date(placedAt).toISOString(),
      live,
      draft: would,
      told: { live: tell(traces.live, versions.get(traces.live.version) ?? draft), draft: tell(traces.draft, draft) },
    }));
    const people = [...report.gains, ...report.loses].map((change) => change.memberId).filter(isMember);
    return {
      one,
      report: { ...report, changedOrders: shown, ordersElsewhere: changedOrders.length - mine.length },
      names: namesIn(definitions),
      people: await peopleOf(tx, people),
    };
  });
}

// One that was kept before tiers' gifts and certificates were counted has none of them.
const whole = (side: BacktestReport["live"]): BacktestReport["live"] => ({
  ...side,
  certificates: side.certificates ?? [],
  tierGifts: side.tierGifts ?? [],
});

// Who was imported and is no member has Shopify's id only.
const isMember = (memberId: string): boolean => !memberId.startsWith("gid:");

async function versionsIn(tx: Tx, report: BacktestReport): Promise<Map<number, Definition>> {
  const rows = await tx.rows<{ version: number }>("select version from program_version where program_id = $1 order by version", [
    tx.scope.programId,
  ]);
  const told = new Set(report.changedOrders.map(({ traces }) => traces.live.version));
  const newest = rows.at(-1)?.version;
  const found = new Map<number, Definition>();
  for (const { version } of rows) if (told.has(version) || version === newest) found.set(version, await definitionOf(tx, version));
  return found;
}

function namesIn(newestFirst: readonly Definition[]): Names {
  const named = (of: (definition: Definition) => readonly { id: string; name: string }[]) =>
    Object.fromEntries(newestFirst.toReversed().flatMap((one) => of(one).map(({ id, name }) => [id, name])));
  return {
    tier: named((one) => one.tiers?.levels ?? []),
    reward: named((one) => one.rewards),
    badge: named((one) => one.badges),
    unit: {
      ...named((one) => one.units.map(({ id, name }) => ({ id, name: name.other }))),
      points: newestFirst[0]?.points.other ?? "points",
    },
  };
}

async function peopleOf(tx: Tx, memberIds: readonly string[]): Promise<Record<string, Person>> {
  if (memberIds.length === 0) return {};
  const rows = await tx.rows<{ memberId: string; name: string | null; email: string | null; customerGid: string | null }>(
    `select m.member_id as "memberId", m.name, m.email, (select min(customer_gid) from customer c where c.program_id = m.program_id and c.member_id = m.member_id) as "customerGid"
     from member m where m.program_id = $1 and m.member_id = any ($2)`,
    [tx.scope.programId, memberIds],
  );
  return Object.fromEntries(rows.map(({ memberId, ...person }) => [memberId, person]));
}
