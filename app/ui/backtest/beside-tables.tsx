import type { BacktestReport, SideReport } from "../../loyalty/insight/report.ts";
import type { Names } from "../../loyalty/insight/shown.ts";
import type { Say } from "../../loyalty/say.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { backtest as texts } from "../texts/backtest.ts";
import { beside as t } from "../texts/backtest-beside.ts";
import { number } from "../words.ts";
import { Change } from "./beside.tsx";
import { tierNamed } from "./report-tables.tsx";

type Report = Pick<BacktestReport, "live" | "draft">;

const { sides } = texts.report;
const columns = [
  { title: sides.live, end: true },
  { title: sides.draft, end: true },
  { title: sides.change, end: true },
];

/** What becomes a reward by itself whenever enough is collected. */
export function CertificatesTable({ report: { live, draft }, names, say }: { report: Report; names: Names; say: Say }) {
  const keyOf = (one: SideReport["certificates"][number]) => `${one.ruleId} ${one.rewardId} ${one.unit}`;
  const keys = [...new Set([...live.certificates, ...draft.certificates].map(keyOf))].sort();
  if (keys.length === 0) return null;
  const words = t.certificates;
  return (
    <PlainTable
      title={words.title}
      text={words.text}
      columns={[
        { title: words.rule },
        { title: words.reward },
        ...columns,
        { title: words.worth, end: true },
        { title: words.owed, end: true },
      ]}
      rows={keys.map((key) => {
        const found = (side: SideReport) => side.certificates.find((one) => keyOf(one) === key);
        const [was, would] = [found(live), found(draft)];
        const known = would ?? was;
        const both = (pick: (one: NonNullable<typeof was>) => number) =>
          `${say.money(was ? pick(was) : 0)} → ${say.money(would ? pick(would) : 0)}`;
        return {
          key,
          cells: [
            known?.name ?? key,
            names.reward[known?.rewardId ?? ""] ?? known?.rewardId,
            number(was?.made ?? 0),
            number(would?.made ?? 0),
            <Change key="change" live={was?.made ?? 0} draft={would?.made ?? 0} />,
            both((one) => one.face),
            both((one) => one.openFace),
          ],
        };
      })}
    />
  );
}

/** What tiers give whoever reaches or holds them: points and other units in amounts, rewards in times. */
export function TierGiftsTable({ report: { live, draft }, names }: { report: Report; names: Names }) {
  const keyOf = ({ tierId, on, kind, what }: SideReport["tierGifts"][number]) => JSON.stringify([tierId, on, kind, what]);
  const keys = [...new Set([...live.tierGifts, ...draft.tierGifts].map(keyOf))].sort();
  if (keys.length === 0) return null;
  const words = t.tiers;
  return (
    <PlainTable
      title={words.title}
      columns={[{ title: words.tier }, { title: words.when }, { title: words.what }, ...columns, { title: words.times, end: true }]}
      rows={keys.map((key) => {
        const found = (side: SideReport) => side.tierGifts.find((one) => keyOf(one) === key);
        const [was, would] = [found(live), found(draft)];
        const [tierId, on, kind, what] = JSON.parse(key) as [string, string, string, string];
        const amount = (one: typeof was) => (one ? (kind === "points" ? one.points : one.times) : 0);
        const called = (kind === "points" ? names.unit : names.reward)[what] ?? what;
        return {
          key,
          cells: [
            tierNamed(tierId, names),
            words.on[on] ?? on,
            called,
            number(amount(was)),
            number(amount(would)),
            <Change key="change" live={amount(was)} draft={amount(would)} />,
            `${number(was?.times ?? 0)} → ${number(would?.times ?? 0)}`,
          ],
        };
      })}
    />
  );
}
