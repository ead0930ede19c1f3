import { BlockStack, Card, Text } from "@shopify/polaris";
import { en as t } from "../texts/en.ts";
import { number, useDates, useWords } from "../words.ts";

export type BalanceNow = {
  pending: number;
  available: number;
  reserved: number;
  owed: number;
  expiring: { points: number; at: string } | null;
};

export function BalanceCard({ balance }: { balance: BalanceNow }) {
  const { say } = useWords();
  const { day } = useDates();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t.member.balances}
        </Text>
        <div className="laurel-figures">
          <Figure label={t.member.available} points={balance.available} />
          <Figure label={t.member.pending} points={balance.pending} help={t.member.pendingHelp} />
          <Figure label={t.member.reserved} points={balance.reserved} help={t.member.reservedHelp} />
          {balance.owed > 0 && <Figure label={t.member.owed} points={balance.owed} help={t.member.owedHelp} />}
        </div>
        {balance.expiring && <Text as="p">{t.member.expiring(say.points(balance.expiring.points), day(balance.expiring.at))}</Text>}
      </BlockStack>
    </Card>
  );
}

function Figure({ label, points, help }: { label: string; points: number; help?: string }) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant="headingLg">
        <span className="laurel-number">{number(points)}</span>
      </Text>
      {help && (
        <Text as="p" variant="bodySm" tone="subdued">
          {help}
        </Text>
      )}
    </BlockStack>
  );
}
