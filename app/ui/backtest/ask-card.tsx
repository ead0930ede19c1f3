import { BlockStack, Button, Card, Checkbox, FormLayout, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useAct } from "../frame/use-answer.ts";
import { backtest } from "../texts/backtest.ts";

const t = backtest.ask;

/** Asks for the draft to be tried: on which days, and with which orders. */
export function AskCard({ changes, imported }: { changes: number | null; imported: number }) {
  const [wish, setWish] = useState({ from: "", until: "", withImported: false });
  const act = useAct(() => undefined);
  const wrong = (field: string) => (act.refused?.field === field ? act.refused.sentence : undefined);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t.title}
        </Text>
        <Text as="p">{changes === null ? t.noDraft : t.draft(changes)}</Text>
        <FormLayout>
          <FormLayout.Group condensed>
            <TextField
              label={t.from}
              helpText={t.fromHelp}
              type="date"
              value={wish.from}
              error={wrong("from")}
              onChange={(from) => setWish({ ...wish, from })}
              autoComplete="off"
            />
            <TextField
              label={t.until}
              type="date"
              value={wish.until}
              error={wrong("until")}
              onChange={(until) => setWish({ ...wish, until })}
              autoComplete="off"
            />
          </FormLayout.Group>
          {imported > 0 && (
            <Checkbox
              label={t.imported}
              helpText={t.importedHelp}
              checked={wish.withImported}
              onChange={(withImported) => setWish({ ...wish, withImported })}
            />
          )}
        </FormLayout>
        {act.refused && !act.refused.field && (
          <div role="alert">
            <Text as="p" tone="critical">
              {act.refused.sentence}
            </Text>
          </div>
        )}
        <InlineStack>
          <Button variant="primary" loading={act.busy} onClick={() => act.send({ what: "try", ...wish })}>
            {changes === null ? t.actNoDraft : t.act}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
