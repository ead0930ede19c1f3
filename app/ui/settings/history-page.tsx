import { Badge, BlockStack, InlineStack, Page } from "@shopify/polaris";
import type { Phase } from "../../loyalty/program/phase.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { en as t } from "../texts/en.ts";
import { actorOf, useDates } from "../words.ts";

type Version = { version: number; effectiveFrom: string; publishedBy: string; note: string | null };
type PhaseLine = { seq: number; phase: Phase; from: string; testTag: string | null };

/** What was in force when. */
export function HistoryPage({ current, versions, phases }: { current: number; versions: Version[]; phases: PhaseLine[] }) {
  const { moment } = useDates();
  const words = t.history;
  return (
    <Page title={words.title} backAction={{ content: t.settings.title, url: "/app/settings" }}>
      <BlockStack gap="400">
        <PlainTable
          title={words.versions}
          text={t.settings.historyText}
          columns={[{ title: words.version }, { title: words.note }, { title: words.from }, { title: words.by }]}
          rows={versions.map((one) => ({
            key: String(one.version),
            cells: [
              <InlineStack key="version" gap="200" wrap={false}>
                {one.version}
                {one.version === current && <Badge tone="success">{words.now}</Badge>}
              </InlineStack>,
              one.note ?? words.noNote,
              one.effectiveFrom < "1971" ? words.always : moment(one.effectiveFrom),
              actorOf(one.publishedBy),
            ],
          }))}
        />
        <PlainTable
          title={t.phase.history}
          text={t.phase.historyHelp}
          columns={[{ title: words.phase }, { title: words.from }, { title: words.tag }]}
          rows={phases.map((one) => ({ key: String(one.seq), cells: [t.phase[one.phase].label, moment(one.from), one.testTag ?? ""] }))}
        />
      </BlockStack>
    </Page>
  );
}
