import { Badge, BlockStack, Card, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";
import type { BudgetStanding } from "../../loyalty/program/budget-standing.ts";
import { budgets as t } from "../texts/budgets.ts";
import { useWords } from "../words.ts";

const tones = { well: "success", alert: "highlight", over: "critical" } as const;

/** What the budgets have spent in the period that runs, and a word when it is much. Nothing where there are none. */
export function BudgetsCard({ budgets }: { budgets: BudgetStanding[] }) {
  const { say } = useWords();
  if (budgets.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between">
          <Text as="h2" variant="headingMd">
            {t.title}
          </Text>
          <Link url="/app/settings/units">{t.edit}</Link>
        </InlineStack>
        {budgets.map((one) => (
          <BlockStack gap="150" key={one.budget}>
            <InlineStack gap="200" align="space-between">
              <Text as="h3" fontWeight="semibold">
                {t.names[one.budget]}
              </Text>
              {one.state !== "well" && (
                <Badge tone={one.state === "over" ? "critical" : "warning"}>{t.alert(Math.min(100, one.share))}</Badge>
              )}
            </InlineStack>
            <ProgressBar progress={Math.min(100, one.share)} size="small" tone={tones[one.state]} ariaLabelledBy={`budget-${one.budget}`} />
            <Text as="p" tone="subdued" id={`budget-${one.budget}`}>
              {t.used(say.points(one.used), one.points, one.per)}
            </Text>
            {one.state === "over" && (
              <Text as="p" tone="critical">
                {one.stops ? t.over.stops : t.over.goes}
              </Text>
            )}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
