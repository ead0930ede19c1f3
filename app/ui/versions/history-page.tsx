import { Badge, BlockStack, Button, Card, InlineStack, Link, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import type { Phase } from "../../loyalty/program/phase.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { en } from "../texts/en.ts";
import { publish as t } from "../texts/publish.ts";
import { actorOf, useDates } from "../words.ts";
import { RollBackDialog, type RollBackWish } from "./roll-back-dialog.tsx";
import type { VersionRow } from "./version-rows.ts";

type Sent = Omit<VersionRow, "effectiveFrom" | "publishedAt"> & { effectiveFrom: string; publishedAt: string };
type PhaseLine = { seq: number; phase: Phase; from: string; testTag: string | null };
type Props = { versions: Sent[]; older: number | null; hasDraft: boolean; phases: PhaseLine[] };

/** What was in force when, who published it and why, and the way back. */
export function HistoryPage({ versions, older, hasDraft, phases }: Props) {
  const { moment } = useDates();
  const [wish, setWish] = useState<RollBackWish | null>(null);
  const [newest] = versions;
  const planned = newest?.standing === "planned" ? { version: newest.version, moment: moment(newest.effectiveFrom) } : null;
  const words = en.history;
  return (
    <Page
      title={t.history.title}
      backAction={{ content: en.settings.title, url: "/app/settings" }}
      secondaryActions={[{ content: t.history.compareTitle, url: "/app/versions/compare" }]}
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <BlockStack gap="100">
              <Text as="h2" variant="headingMd">
                {words.versions}
              </Text>
              <Text as="p" tone="subdued">
                {t.history.text}
              </Text>
            </BlockStack>
            <ul className="laurel-rows" aria-label={words.versions}>
              {versions.map((one, index) => (
                <li key={one.version}>
                  <Line
                    row={one}
                    before={versions[index + 1]?.version ?? (one.version > 1 ? one.version - 1 : null)}
                    onReturn={() => setWish({ to: one.version, callsOff: null, planned })}
                    onCallOff={() => setWish({ to: one.callOffTo ?? 1, callsOff: one.version, planned })}
                  />
                </li>
              ))}
            </ul>
            {older && (
              <InlineStack align="center">
                <Button url={`/app/settings/history?below=${older}`}>{t.history.older}</Button>
              </InlineStack>
            )}
          </BlockStack>
        </Card>
        <PlainTable
          title={en.phase.history}
          text={en.phase.historyHelp}
          columns={[{ title: words.phase }, { title: words.from }, { title: words.tag }]}
          rows={phases.map((one) => ({ key: String(one.seq), cells: [en.phase[one.phase].label, moment(one.from), one.testTag ?? ""] }))}
        />
      </BlockStack>
      {wish && <RollBackDialog wish={wish} hasDraft={hasDraft} onClose={() => setWish(null)} />}
    </Page>
  );
}

const badges = {
  "in force": { tone: "success", text: t.history.inForce },
  planned: { tone: "info", text: t.history.waits },
  never: { tone: undefined, text: t.history.calledOff },
  past: null,
} as const;

type LineProps = { row: Sent; before: number | null; onReturn: () => void; onCallOff: () => void };

function Line({ row, before, onReturn, onCallOff }: LineProps) {
  const { moment } = useDates();
  const { version, note, standing, rolledBackFrom } = row;
  const badge = badges[standing];
  return (
    <div className="laurel-wrap">
      <BlockStack gap="150">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            <Link url={`/app/versions/${version}`} removeUnderline>
              {t.history.version(version)}
            </Link>
          </Text>
          {badge && <Badge tone={badge.tone}>{badge.text}</Badge>}
          {rolledBackFrom && <Badge>{t.history.again(rolledBackFrom)}</Badge>}
        </InlineStack>
        <Text as="p">{note ?? en.history.noNote}</Text>
        <Text as="p" tone="subdued">
          {row.effectiveFrom < "1971" ? t.history.always : t.history.from(moment(row.effectiveFrom))}.{" "}
          {t.history.by(actorOf(row.publishedBy), moment(row.publishedAt))}.
        </Text>
        <InlineStack gap="300">
          {before && (
            <Button
              variant="plain"
              url={`/app/versions/compare?from=${before}&to=${version}`}
              accessibilityLabel={`${t.history.see}: ${t.history.version(version)}`}
            >
              {t.history.see}
            </Button>
          )}
          {row.canReturn && (
            <Button variant="plain" onClick={onReturn} accessibilityLabel={`${t.history.publishAgain}: ${t.history.version(version)}`}>
              {t.history.publishAgain}
            </Button>
          )}
          {row.callOffTo !== null && (
            <Button
              variant="plain"
              tone="critical"
              onClick={onCallOff}
              accessibilityLabel={`${t.history.callOff}: ${t.history.version(version)}`}
            >
              {t.history.callOff}
            </Button>
          )}
        </InlineStack>
      </BlockStack>
    </div>
  );
}
