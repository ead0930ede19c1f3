import type { BacktestReport } from "../../app/loyalty/insight/report.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { wordsOfProgrammes } from "../../app/loyalty/program/words-of-programmes.ts";
import type { Say } from "../../app/loyalty/say.ts";

/** A backtest as a table for a terminal: the programme in force beside the one that was tried. */
export function sayBacktest(report: BacktestReport, tried: Definition, live: Definition): string {
  const say = wordsOfProgrammes(report.currency, tried, live);
  const { counted, live: was, draft: is } = report;
  const money = (minor: number | null) => (minor === null ? "no rate" : say.money(minor));
  const rows: [string, string, string][] = [
    ["", "live", "tried"],
    [`${say.pointsName.other} given`, say.number(was.points), say.number(is.points)],
    ["orders that earned", say.number(was.orders), say.number(is.orders)],
    ["events that earned", say.number(was.events), say.number(is.events)],
    ["cost", money(was.cost), money(is.cost)],
    ["rewards given free", money(was.giftCost), money(is.giftCost)],
    ...besideRows(report, say),
    ["open at the end", say.number(was.open), say.number(is.open)],
    ["liability", money(was.liability), money(is.liability)],
  ];
  // Who ends where they would have ended anyway moves nowhere.
  const moves = report.moves.filter(({ from, to }) => from !== to);
  const tier = (id: string | null) => (id ? say.nameOf("tier", id) : "no tier");
  return [
    `${say.number(counted.orders)} orders and ${say.number(counted.events)} events of ${say.number(counted.members)} members; ${say.number(counted.changed)} change.`,
    ...(counted.waiting > 0 ? [`${say.number(counted.waiting)} orders wait for facts and were left out.`] : []),
    table(rows),
    ...(report.months.length > 0
      ? [
          table([
            ["month", "live", "tried"],
            ...byMonth(report).map((one): [string, string, string] => [one.month, say.number(one.live), say.number(one.draft)]),
          ]),
        ]
      : []),
    ...(moves.length > 0
      ? [
          moves
            .map((one) => `${say.number(one.members)} ${one.members === 1 ? "member" : "members"}: ${tier(one.from)} → ${tier(one.to)}`)
            .join("\n"),
        ]
      : []),
    report.holdsConstant.map((one) => `Held constant: ${one}`).join("\n"),
  ].join("\n\n");
}

// What no order or event earns, where either side gives any.
function besideRows({ live, draft }: BacktestReport, say: Say): [string, string, string][] {
  type Side = typeof live;
  const row = (name: string, of: (side: Side) => number, tell: (amount: number) => string): [string, string, string][] =>
    of(live) + of(draft) > 0 ? [[name, tell(of(live)), tell(of(draft))]] : [];
  const ofTiers = (kind: "points" | "reward") => (side: Side) =>
    side.tierGifts.reduce(
      (sum, one) => sum + (one.kind !== kind ? 0 : kind === "reward" ? one.times : one.what === "points" ? one.points : 0),
      0,
    );
  const sumOf = (what: "made" | "face" | "openFace") => (side: Side) => side.certificates.reduce((sum, one) => sum + one[what], 0);
  return [
    ...row(`${say.pointsName.other} that tiers give`, ofTiers("points"), say.number),
    ...row("rewards that tiers give", ofTiers("reward"), say.number),
    ...row("certificates made", sumOf("made"), say.number),
    ...row("their face value", sumOf("face"), say.money),
    ...row("of them still to be used", sumOf("openFace"), say.money),
  ];
}

function byMonth({ months }: BacktestReport): { month: string; live: number; draft: number }[] {
  const sums = new Map<string, { month: string; live: number; draft: number }>();
  for (const { month, live, draft } of months) {
    const sum = sums.get(month) ?? { month, live: 0, draft: 0 };
    sums.set(month, { month, live: sum.live + live, draft: sum.draft + draft });
  }
  return [...sums.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}

function table(rows: readonly [string, string, string][]): string {
  const [name = 0, left = 0, right = 0] = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map(([a, b, c]) => `${a.padEnd(name)}  ${b.padStart(left)}  ${c.padStart(right)}`).join("\n");
}
