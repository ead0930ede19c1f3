import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { useState } from "react";
import { tiers as t } from "../texts/tiers.ts";
import { useDates } from "../words.ts";
import { HoldTierDialog, ReleaseTierDialog } from "./tier-dialogs.tsx";
import type { TierNow } from "./tier-lines.ts";

/** Where a member stands, what comes next, who holds them there, and how they came. */
export function TierCard({ now }: { now: TierNow }) {
  const { day } = useDates();
  const [holding, setHolding] = useState(false);
  const [released, setReleased] = useState<string | null>(null);
  const { tier, since, until, graceUntil, goals, holds, steps } = now;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t.title}
        </Text>
        <InlineStack gap="200" blockAlign="center">
          {tier && <span aria-hidden style={{ background: tier.colour, width: "0.75rem", height: "0.75rem", borderRadius: "50%" }} />}
          <Text as="p" variant="headingLg">
            {tier?.name ?? t.none}
          </Text>
        </InlineStack>
        <Text as="p" tone="subdued">
          {since
            ? [t.since(day(since)), graceUntil ? t.grace(day(graceUntil)) : until && t.until(day(until))].filter(Boolean).join(" · ")
            : t.reviewing}
        </Text>
        {goals.map(({ sentence, share }, place) => (
          <BlockStack key={sentence} gap="100">
            <Text as="p" id={`goal-${place}`}>
              {sentence}
            </Text>
            <ProgressBar size="small" progress={share} ariaLabelledBy={`goal-${place}`} />
          </BlockStack>
        ))}
        {holds.map((hold) => (
          <InlineStack key={hold.tierId} align="space-between" blockAlign="center" wrap={false} gap="200">
            <Text as="p">{t.heldBy(hold.tier, hold.by, hold.until && day(hold.until), hold.why)}</Text>
            <Button onClick={() => setReleased(hold.tierId)}>{t.release}</Button>
          </InlineStack>
        ))}
        <InlineStack>
          <Button onClick={() => setHolding(true)}>{t.hold}</Button>
        </InlineStack>
        {steps.length > 0 && (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">
              {t.history}
            </Text>
            <ul className="laurel-rows">
              {steps.map((step) => (
                <li key={step.key}>
                  <Text as="span" fontWeight="medium">
                    {t.step(step.to)}
                  </Text>{" "}
                  <Text as="span" tone="subdued">
                    {day(step.at)} · {step.sentence}
                  </Text>
                </li>
              ))}
            </ul>
          </BlockStack>
        )}
      </BlockStack>
      <HoldTierDialog levels={now.levels} open={holding} onClose={() => setHolding(false)} />
      <ReleaseTierDialog tierId={released} onClose={() => setReleased(null)} />
    </Card>
  );
}
