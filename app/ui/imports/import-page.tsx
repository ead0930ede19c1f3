import { useRevalidator } from "@remix-run/react";
import { Badge, Banner, BlockStack, Card, Page, ProgressBar, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { PlainTable } from "../frame/plain-table.tsx";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";
import { everyImportAct, type ImportAct, ImportDialog } from "./import-dialog.tsx";
import { importTones } from "./imports-page.tsx";

export type ImportNow = { importId: string; fileName: string; state: string; rows: number; problems: number; points: number; done: number };
type Props = { one: ImportNow; problems: { line: number; email: string | null; problem: string | null }[] };

const acts: Record<string, ImportAct[]> = { checked: ["start", "drop"], running: ["undo"], done: ["undo"] };

/** One file of balances, from its dry run to its undoing. */
export function ImportPage({ one, problems }: Props) {
  const [dialog, setDialog] = useState<ImportAct | null>(null);
  useFollowing(one.state === "running" || one.state === "undoing");
  const words = t.imports;
  const possible = (acts[one.state] ?? []).filter((act) => act !== "start" || one.rows > 0);
  const start = possible.includes("start");
  const others = possible.filter((act) => act !== "start");
  return (
    <Page
      title={one.fileName}
      titleMetadata={<Badge tone={importTones[one.state]}>{words.states[one.state] ?? one.state}</Badge>}
      backAction={{ content: words.title, url: "/app/settings/imports" }}
      primaryAction={start ? { content: words.start, onAction: () => setDialog("start") } : undefined}
      secondaryActions={others.map((act) => ({ content: words[act], destructive: act === "undo", onAction: () => setDialog(act) }))}
    >
      <BlockStack gap="400">
        <Outcome one={one} />
        {problems.length > 0 && (
          <PlainTable
            title={words.problems}
            text={one.problems > problems.length ? words.more(problems.length) : undefined}
            columns={[{ title: words.line, end: true }, { title: words.email }, { title: words.problem }]}
            rows={problems.map((row) => ({ key: String(row.line), cells: [row.line, row.email ?? "", row.problem] }))}
          />
        )}
      </BlockStack>
      {/* Also those that are not possible now: the one that has just been answered must live to say so. */}
      {everyImportAct.map((act) => (
        <ImportDialog key={act} act={act} one={one} open={dialog === act} onClose={() => setDialog(null)} />
      ))}
    </Page>
  );
}

function Outcome({ one }: { one: ImportNow }) {
  const { say } = useWords();
  const words = t.imports;
  if (one.state === "done") return <Banner tone="success" title={words.doneText(one.rows)} />;
  if (one.state === "undone") return <Banner title={words.undoneText} />;
  if (one.state === "checked") {
    return (
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {words.dryRun}
          </Text>
          <Text as="p">{words.dryRunText}</Text>
          <Text as="p">{words.good(one.rows, say.points(one.points))}</Text>
          <Text as="p">{one.problems > 0 ? words.bad(one.problems) : words.noBad}</Text>
        </BlockStack>
      </Card>
    );
  }
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd" id="progress">
          {words.states[one.state]}
        </Text>
        <ProgressBar progress={one.rows === 0 ? 0 : (one.done / one.rows) * 100} tone="primary" ariaLabelledBy="progress" />
        <div aria-live="polite">{words.progress(one.done, one.rows)}</div>
      </BlockStack>
    </Card>
  );
}

// While a job is at work the page looks again every second.
function useFollowing(running: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!running || state !== "idle") return;
    const timer = setTimeout(revalidate, 1000);
    return () => clearTimeout(timer);
  }, [running, state, revalidate]);
}
