import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { Phase } from "../../loyalty/program/phase.ts";
import { en as t } from "../texts/en.ts";
import { useDates } from "../words.ts";
import { PhaseDialog } from "./phase-dialog.tsx";

export type PhaseNow = {
  phase: Phase;
  testTag: string | null;
  since: string | null;
  next: { phase: Phase; from: string } | null;
};

/** Whether the programme gives points now, and what is decided for later. */
export function PhaseCard({ now }: { now: PhaseNow }) {
  const [open, setOpen] = useState(false);
  const { moment } = useDates();
  const words = t.phase[now.phase];
  return (
    <div id="programme">
      <Card>
        <BlockStack gap="300" inlineAlign="start">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {t.phase.title}
            </Text>
            <Badge tone={t.phase.tone[now.phase]}>{words.label}</Badge>
          </InlineStack>
          <BlockStack gap="100">
            <Text as="p" tone="subdued">
              {words.help}
            </Text>
            {now.phase === "testing" && now.testTag && <Text as="p">{t.phase.withTag(now.testTag)}</Text>}
            {now.since && <Text as="p">{t.phase.since(moment(now.since))}</Text>}
            {now.next && <Text as="p">{t.phase.next(t.phase[now.next.phase].label, moment(now.next.from))}</Text>}
          </BlockStack>
          <Button onClick={() => setOpen(true)}>{t.phase.change}</Button>
        </BlockStack>
      </Card>
      <PhaseDialog now={now} open={open} onClose={() => setOpen(false)} />
    </div>
  );
}
