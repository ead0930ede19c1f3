import type { BacktestReport, SideReport } from "../../loyalty/insight/report.ts";
import type { Names } from "../../loyalty/insight/shown.ts";
import type { Say } from "../../loyalty/say.ts";
import { toldApart } from "../form/told-apart.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { backtest as texts } from "../texts/backtest.ts";
import { beside as more } from "../texts/backtest-beside.ts";
import { capital, monthNamed, number, signed, useWords } from "../words.ts";
import { Bars, Change } from "./beside.tsx";
import { byLadder } from "./by-ladder.ts";
import { costAt } from "./cost-at.ts";

const t = texts.report;
const sides = [
  { title: t.sides.live, end: true },
  { title: t.sides.draft, end: true },
  { title: t.sides.change, end: true },
];

type Report = Omit<BacktestReport, "changedOrders">;

/** The two sides in a handful of numbers. */
export function TotalsTable({ report: { live, draft } }: { report: Report }) {
  const { say } = useWords();
  const name = capital(say.pointsName.other);
  const of = (title: string, pick: (side: SideReport) => number | null, tell: (amount: number) => string) => {
    const [was, would] = [pick(live), pick(draft)];
    const by = (amount: number) => (amount < 0 ? `−${tell(-amount)}` : `+${tell(amount)}`);
    return {
      key: title,
      cells: [
        title,
        was === null ? "–" : tell(was),
        would === null ? "–" : tell(would),
        was === null || would === null ? "–" : <Change key="change" live={was} draft={would} say={by} />,
      ],
    };
  };
  const words = t.totals;
  return (
    <PlainTable
      title={words.title}
      columns={[{ title: t.what }, ...sides]}
      rows={[
        of(words.points(name), (side) => side.points, number),
        ...(ofTiers(live) + ofTiers(draft) > 0 ? [of(more.ofTiers(name), ofTiers, number)] : []),
        of(words.earning, (side) => side.orders + side.events, number),
        of(words.cost(say.percent(live.worth.redeemed)), (side) => side.cost, say.money),
        ...(live.giftCost + draft.giftCost > 0 ? [of(more.gifts, (side) => side.giftCost, say.money)] : []),
        ...(live.certificates.length + draft.certificates.length > 0
          ? [
              of(more.worth, (side) => side.certificates.reduce((sum, one) => sum + one.face, 0), say.money),
              of(more.open, (side) => side.certificates.reduce((sum, one) => sum + one.openFace, 0), say.money),
            ]
          : []),
        of(words.open(name), (side) => side.open, number),
        of(words.liability, (side) => side.liability, say.money),
      ]}
    />
  );
}

const ofTiers = ({ tierGifts }: SideReport): number =>
  tierGifts.reduce((sum, { kind, what, points }) => sum + (kind === "points" && what === "points" ? points : 0), 0);

export function MonthsTable({ report: { months }, names }: { report: Report; names: Names }) {
  const most = Math.max(0, ...months.flatMap((one) => [one.live, one.draft]));
  return (
    <PlainTable
      title={t.months.title}
      none={texts.empty}
      columns={[{ title: t.months.month }, { title: t.months.tier }, ...sides, { title: t.months.bars }]}
      rows={[...months]
        .sort((a, b) => (a.month === b.month ? byLadder(names)(a.tierId, b.tierId) : a.month < b.month ? -1 : 1))
        .map(({ month, tierId, live, draft }) => ({
          key: `${month} ${tierId}`,
          cells: [
            monthNamed(month),
            tierNamed(tierId, names),
            number(live),
            number(draft),
            <Change key="change" live={live} draft={draft} />,
            <Bars key="bars" live={live} draft={draft} most={most} said={t.months.bar(number(live), number(draft))} />,
          ],
        }))}
    />
  );
}

/** What every rule does on both sides, those that never gave among them. */
export function RulesTable({ report: { live, draft }, names }: { report: Report; names: Names }) {
  const keys = [...new Set([...draft.rules, ...live.rules].map((one) => `${one.ruleId} ${one.unit}`))];
  const found = (side: SideReport, key: string) => side.rules.find((one) => `${one.ruleId} ${one.unit}` === key);
  // Rules of one side that share a name are told apart by a number.
  const called = (side: SideReport) =>
    new Map(
      toldApart([...new Map(side.rules.map((one) => [one.ruleId, { id: one.ruleId, name: one.name }])).values()]).map((one) => [
        one.value,
        one.label,
      ]),
    );
  const [ofLive, ofDraft] = [called(live), called(draft)];
  return (
    <PlainTable
      title={t.rules.title}
      columns={[
        { title: t.rules.rule },
        ...sides,
        { title: t.rules.gave, end: true },
        { title: t.rules.beaten, end: true },
        { title: t.rules.cut, end: true },
      ]}
      rows={keys.map((key) => {
        const [was, would] = [found(live, key), found(draft, key)];
        const unit = (would ?? was)?.unit ?? "points";
        const ruleId = (would ?? was)?.ruleId ?? key;
        const label = ofDraft.get(ruleId) ?? ofLive.get(ruleId) ?? key;
        const tell = (one: typeof was) => (one ? (one.gave + one.gifts === 0 ? t.rules.silent : number(one.points)) : t.rules.gone);
        return {
          key,
          cells: [
            unit === "points" ? label : `${label} (${names.unit[unit] ?? unit})`,
            tell(was),
            tell(would),
            <Change key="change" live={was?.points ?? 0} draft={would?.points ?? 0} />,
            beside(was && was.gave + was.gifts, would && would.gave + would.gifts),
            beside(was?.beaten, would?.beaten),
            beside(was?.cut, would?.cut),
          ],
        };
      })}
    />
  );
}

const beside = (was: number | undefined, would: number | undefined): string =>
  `${was === undefined ? "–" : number(was)} → ${would === undefined ? "–" : number(would)}`;

export function UnitsTable({ report: { live, draft }, names }: { report: Report; names: Names }) {
  const units = [...new Set([...Object.keys(live.units), ...Object.keys(draft.units)])].filter((unit) => unit !== "points");
  if (units.length === 0) return null;
  return (
    <PlainTable
      title={t.units.title}
      columns={[{ title: t.units.unit }, ...sides]}
      rows={units.map((unit) => {
        const [was, would] = [live.units[unit] ?? 0, draft.units[unit] ?? 0];
        return {
          key: unit,
          cells: [names.unit[unit] ?? unit, number(was), number(would), <Change key="change" live={was} draft={would} />],
        };
      })}
    />
  );
}

export function GiftsTable({ report: { live, draft }, names }: { report: Report; names: Names }) {
  const keys = [...new Set([...live.gifts, ...draft.gifts].map((one) => `${one.kind} ${one.what}`))];
  if (keys.length === 0) return null;
  const count = (side: SideReport, key: string) => side.gifts.find((one) => `${one.kind} ${one.what}` === key)?.count ?? 0;
  return (
    <PlainTable
      title={t.gifts.title}
      columns={[{ title: t.gifts.what }, ...sides]}
      rows={keys.map((key) => {
        const [kind = "", what = ""] = key.split(" ");
        const called = { reward: names.reward, badge: names.badge, tier: names.tier }[kind]?.[what] ?? what;
        const [was, would] = [count(live, key), count(draft, key)];
        return {
          key,
          cells: [
            `${t.gifts.kinds[kind] ?? kind}: ${called}`,
            number(was),
            number(would),
            <Change key="change" live={was} draft={would} />,
          ],
        };
      })}
    />
  );
}

export function BudgetsTable({ report: { live, draft } }: { report: Report }) {
  const keys = [...new Set([...live.budgets, ...draft.budgets].map((one) => `${one.budget} ${one.period}`))].sort();
  if (keys.length === 0) return null;
  const found = (side: SideReport, key: string) => side.budgets.find((one) => `${one.budget} ${one.period}` === key);
  const tell = (use: ReturnType<typeof found>) => (use ? `${number(use.used)} / ${number(use.most)}` : "–");
  return (
    <PlainTable
      title={t.budgets.title}
      text={t.budgets.text}
      columns={[{ title: t.budgets.budget }, { title: t.budgets.period }, ...sides]}
      rows={keys.map((key) => {
        const [budget = "", period = ""] = key.split(" ");
        const [was, would] = [found(live, key), found(draft, key)];
        const cells = [tell(was), tell(would), signed((would?.used ?? 0) - (was?.used ?? 0))];
        return { key, cells: [t.budgets.names[budget] ?? budget, period, ...cells] };
      })}
    />
  );
}

export function SensitivityTable({ report: { sensitivity, draft }, say }: { report: Report; say: Say }) {
  const rows = [...sensitivity, { rate: 100, points: draft.points }].sort((a, b) => a.rate - b.rate);
  const cost = (points: number) => {
    const amount = costAt(points, draft);
    return amount === null ? "–" : say.money(amount);
  };
  return (
    <PlainTable
      title={t.sensitivity.title}
      text={t.sensitivity.text}
      columns={[
        { title: t.sensitivity.rate },
        { title: capital(say.pointsName.other), end: true },
        { title: t.sensitivity.against, end: true },
        { title: t.totals.cost(say.percent(draft.worth.redeemed)), end: true },
      ]}
      rows={rows.map((one) => ({
        key: String(one.rate),
        cells: [
          say.percent(one.rate * 100),
          number(one.points),
          <Change key="change" live={draft.points} draft={one.points} />,
          cost(one.points),
        ],
      }))}
    />
  );
}

export const tierNamed = (tierId: string | null, names: Names): string => (tierId ? (names.tier[tierId] ?? tierId) : t.months.noTier);
