import { Link } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Page, Link as PolarisLink, Text } from "@shopify/polaris";
import { beginningOf, endOf } from "../../loyalty/earning/window.ts";
import { NothingYet } from "../frame/nothing-yet.tsx";
import { PlainTable } from "../frame/plain-table.tsx";
import { StateBadge } from "../items/state-badge.tsx";
import { editor } from "../texts/editor.ts";
import { useWords } from "../words.ts";
import { Calendar, pathOf } from "./calendar.tsx";
import { daysIn, isDated, type Run, runsIn } from "./month.ts";

type Props = { month: string; today: string; runs: Run[] };

const words = editor.campaigns;
const mostDays = 3;

/** What multiplies points, and when what begins and ends. */
export function CampaignsPage({ month, today, runs }: Props) {
  const boosts = runs.filter((run) => run.kind === "boost");
  return (
    <Page
      title={words.title}
      primaryAction={{ content: editor.boosts.add, url: "/app/boosts/new" }}
      secondaryActions={[{ content: words.addRule, url: "/app/earning/new" }]}
    >
      <BlockStack gap="400">
        <Calendar month={month} today={today} runs={runs} />
        <RunsTable month={month} runs={runs} />
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {editor.boosts.title}
            </Text>
            {boosts.length === 0 && <NothingYet {...editor.boosts.none} action={{ content: editor.boosts.add, url: "/app/boosts/new" }} />}
            <ul className="laurel-rows">
              {boosts.map((boost) => (
                <li key={boost.id}>
                  <Link to={pathOf(boost)} className="laurel-row laurel-row-link">
                    <div className="laurel-wrap">
                      <InlineStack gap="200" blockAlign="center">
                        <Text as="h3" variant="headingSm">
                          {boost.name}
                        </Text>
                        <StateBadge state={boost.state} />
                      </InlineStack>
                      <Text as="p" tone="subdued">
                        {boost.sentence}
                      </Text>
                    </div>
                  </Link>
                </li>
              ))}
            </ul>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}

// The same as a list: for whoever does not see the calendar, and for narrow screens.
function RunsTable({ month, runs }: { month: string; runs: readonly Run[] }) {
  const { say } = useWords();
  const dated = runsIn(month, runs.filter(isDated));
  // What comes back is told by its days; those that are many, by how many they are.
  const days = (run: Run) => {
    const its = daysIn(month, run);
    return its.length > mostDays ? words.days(its.length) : its.map((day) => say.day(day)).join("; ");
  };
  return (
    <PlainTable
      title={words.list}
      none={words.nothing}
      columns={[{ title: words.name }, { title: words.kind }, { title: words.from, whole: true }, { title: words.until, whole: true }]}
      rows={dated.map((run) => ({
        key: `${run.kind} ${run.id}`,
        cells: [
          <PolarisLink key="name" url={pathOf(run)}>
            {run.name}
          </PolarisLink>,
          `${words[run.kind]}${run.active ? "" : ` (${words.inactive})`}`,
          run.days ? days(run) : run.from ? beginningOf(run.from, say) : words.always,
          run.days && !run.until ? words.back : run.until ? endOf(run.until, say) : words.open,
        ],
      }))}
    />
  );
}
