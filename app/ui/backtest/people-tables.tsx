import { Link } from "@shopify/polaris";
import type { MemberChange } from "../../loyalty/insight/report.ts";
import type { Names, Person, ReportShown } from "../../loyalty/insight/shown.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { backtest as texts } from "../texts/backtest.ts";
import { nameOf, number } from "../words.ts";
import { Change } from "./beside.tsx";
import { byLadder } from "./by-ladder.ts";
import { tierNamed } from "./report-tables.tsx";

const t = texts.report;

type Props = { report: ReportShown; names: Names; people: Record<string, Person> };

/** How many members are in which tier on either side, and from which to which they go. */
export function TiersTables({ report: { live, draft, moves }, names }: Omit<Props, "people">) {
  const tiers = [...new Set([...Object.keys(live.tiers), ...Object.keys(draft.tiers)])].sort(byLadder(names));
  if (tiers.length === 0) return null;
  const moving = moves.filter((one) => one.from !== one.to);
  return (
    <>
      <PlainTable
        title={t.tiers.title}
        columns={[
          { title: t.months.tier },
          { title: t.sides.live, end: true },
          { title: t.sides.draft, end: true },
          { title: t.sides.change, end: true },
        ]}
        rows={tiers.map((tierId) => {
          const [was, would] = [live.tiers[tierId] ?? 0, draft.tiers[tierId] ?? 0];
          return {
            key: tierId,
            cells: [tierNamed(tierId, names), number(was), number(would), <Change key="change" live={was} draft={would} />],
          };
        })}
      />
      <PlainTable
        title={t.tiers.moves}
        none={t.tiers.none}
        columns={[{ title: t.tiers.from }, { title: t.tiers.to }, { title: t.tiers.members, end: true }]}
        rows={moving.map((one) => ({
          key: `${one.from} ${one.to}`,
          cells: [tierNamed(one.from, names), tierNamed(one.to, names), number(one.members)],
        }))}
      />
    </>
  );
}

export function PeopleTables({ report: { gains, loses }, people }: Pick<Props, "report" | "people">) {
  return (
    <>
      <People title={t.people.gains} none={t.people.noGains} changes={gains} people={people} />
      <People title={t.people.loses} none={t.people.noLoses} changes={loses} people={people} />
    </>
  );
}

type PeopleProps = { title: string; none: string; changes: MemberChange[]; people: Record<string, Person> };

function People({ title, none, changes, people }: PeopleProps) {
  return (
    <PlainTable
      title={title}
      none={none}
      columns={[
        { title: t.people.member },
        { title: t.sides.live, end: true },
        { title: t.sides.draft, end: true },
        { title: t.sides.change, end: true },
      ]}
      rows={changes.map(({ memberId, live, draft }) => {
        const person = people[memberId];
        const called = nameOf(person ?? { name: null, email: null, customerGid: memberId.startsWith("gid:") ? memberId : null });
        return {
          key: memberId,
          cells: [
            person ? (
              <Link key="member" url={`/app/members/${memberId}`}>
                {called}
              </Link>
            ) : (
              called
            ),
            number(live),
            number(draft),
            <Change key="change" live={live} draft={draft} ofMember />,
          ],
        };
      })}
    />
  );
}
