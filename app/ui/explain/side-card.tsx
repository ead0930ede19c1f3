import { Badge, BlockStack, Card, InlineStack, List, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { ToldRule } from "../../loyalty/explain/tell-judgement.ts";
import { explain as t } from "../texts/explain.ts";
import { ConditionTree } from "./condition-tree.tsx";
import { ItemsTable } from "./items-table.tsx";
import type { SideTold } from "./order-told.ts";

/** One judgement of an order: what it came to, rule by rule, and item by item. */
export function SideCard({ title, note, side }: { title: string; note: ReactNode; side: SideTold }) {
  const passed = side.rules.filter((one) => one.gave);
  const failed = side.rules.filter((one) => !one.gave);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Text as="p" variant="headingLg">
            {side.sum}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {note}
          </Text>
        </BlockStack>
        <BlockStack gap="100">
          {[...(side.nothing ? [side.nothing] : []), ...side.counts, ...(side.together ? [side.together] : [])].map((one) => (
            <Text as="p" key={one}>
              {one}
            </Text>
          ))}
        </BlockStack>
        {passed.length > 0 && <Rules title={t.gave} rules={passed} />}
        {failed.length > 0 && <Rules title={t.gaveNot} rules={failed} />}
        {side.more.length > 0 && (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">
              {t.more}
            </Text>
            <List>
              {side.more.map((one) => (
                <List.Item key={one}>{one}</List.Item>
              ))}
            </List>
          </BlockStack>
        )}
        {side.lines.length > 0 && <Lines title={title} side={side} />}
        <Text as="p" tone="subdued" variant="bodySm">
          {side.decided}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Rules({ title, rules }: { title: string; rules: ToldRule[] }) {
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {title}
        </Text>
        <Badge>{String(rules.length)}</Badge>
      </InlineStack>
      <ul className="laurel-rows">
        {rules.map((rule) => (
          <li key={rule.ruleId} className="laurel-wrap">
            <Rule rule={rule} />
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function Rule({ rule: { units, gifts } }: { rule: ToldRule }) {
  const [first] = units;
  return (
    <BlockStack gap="100">
      {units.map(({ sentence, steps }) => (
        <BlockStack key={sentence}>
          <Text as="p" fontWeight="medium">
            {sentence}
          </Text>
          {steps.map((step) => (
            <Text as="p" key={step} variant="bodySm">
              {step}
            </Text>
          ))}
        </BlockStack>
      ))}
      {gifts.map((gift) => (
        <Text as="p" key={gift} variant="bodySm">
          {gift}
        </Text>
      ))}
      {first?.tree && <ConditionTree tree={first.tree} />}
    </BlockStack>
  );
}

function Lines({ title, side: { lines, rest } }: { title: string; side: SideTold }) {
  return (
    <BlockStack gap="100">
      <ItemsTable label={`${title}: ${t.lines.title}`} lines={lines} fewest={1} />
      {rest.length > 0 && (
        <Text as="p" variant="bodySm">
          {t.lines.rest(rest.join(" · "))}
        </Text>
      )}
    </BlockStack>
  );
}
