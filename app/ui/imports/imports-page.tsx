import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, DropZone, InlineError, InlineStack, Link, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { PlainTable } from "../frame/plain-table.tsx";
import type { ActAnswer } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";
import { number, useDates } from "../words.ts";

export type ImportRow = { importId: string; fileName: string; state: string; rows: number; points: number; createdAt: string };

export const importTones: Record<string, "success" | "info" | "attention" | undefined> = {
  checked: "attention",
  running: "info",
  done: "success",
  undoing: "info",
};

/** Where a file of balances is handed in, and what became of earlier ones. */
export function ImportsPage({ imports }: { imports: ImportRow[] }) {
  const { moment } = useDates();
  const words = t.imports;
  return (
    <Page title={words.title} backAction={{ content: t.settings.title, url: "/app/settings" }}>
      <BlockStack gap="400">
        <Upload />
        <PlainTable
          title={t.settings.importsAction}
          none={words.none}
          columns={[
            { title: words.file },
            { title: words.state },
            { title: words.rows, end: true },
            { title: words.points, end: true },
            { title: words.created },
          ]}
          rows={imports.map((one) => ({
            key: one.importId,
            cells: [
              <Link key="file" url={`/app/settings/imports/${one.importId}`}>
                {one.fileName}
              </Link>,
              <Badge key="state" tone={importTones[one.state]}>
                {words.states[one.state] ?? one.state}
              </Badge>,
              number(one.rows),
              number(one.points),
              moment(one.createdAt),
            ],
          }))}
        />
      </BlockStack>
    </Page>
  );
}

function Upload() {
  const fetcher = useFetcher<ActAnswer>();
  const [file, setFile] = useState<File>();
  const [asked, setAsked] = useState(false);
  const words = t.imports;
  const refused = fetcher.state === "idle" && fetcher.data && !fetcher.data.done ? fetcher.data.sentence : undefined;
  const error = asked && !file ? words.noFile : refused;

  const send = () => {
    setAsked(true);
    if (!file) return;
    const form = new FormData();
    form.set("file", file);
    fetcher.submit(form, { method: "post", encType: "multipart/form-data" });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {words.upload}
        </Text>
        <Text as="p" tone="subdued">
          {words.format}
        </Text>
        <DropZone
          label={words.upload}
          labelHidden
          accept=".csv,text/csv"
          type="file"
          allowMultiple={false}
          variableHeight
          error={Boolean(error)}
          onDropAccepted={([first]) => setFile(first)}
        >
          {file ? (
            <div style={{ padding: "var(--p-space-400)" }} className="laurel-wrap">
              {file.name}
            </div>
          ) : (
            <DropZone.FileUpload actionTitle={words.add} actionHint={words.hint} />
          )}
        </DropZone>
        {error && <InlineError message={error} fieldID="file" />}
        <InlineStack align="end">
          <Button variant="primary" onClick={send} loading={fetcher.state !== "idle"}>
            {words.check}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
