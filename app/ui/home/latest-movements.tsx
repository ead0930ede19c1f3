import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { signedChange } from "../member/change.tsx";
import { en as t } from "../texts/en.ts";
import { explain } from "../texts/explain.ts";
import { useDates } from "../words.ts";

export type LatestRow = { transactionId: string; memberId: string; who: string; sentence: string; change: number; at: string };

export function LatestMovements({ rows }: { rows: LatestRow[] }) {
  const { moment } = useDates();
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t.home.latest.title}
          </Text>
          <Link url="/app/explain" removeUnderline>
            {explain.fromHome}
          </Link>
        </InlineStack>
        {rows.length === 0 && (
          <BlockStack gap="100">
            <Text as="p" fontWeight="semibold">
              {t.home.latest.none.title}
            </Text>
            <Text as="p" tone="subdued">
              {t.home.latest.none.text}
            </Text>
          </BlockStack>
        )}
        <ul className="laurel-rows">
          {rows.map((row) => (
            <li key={row.transactionId} className="laurel-row">
              <div className="laurel-wrap">
                <Text as="p" fontWeight="semibold">
                  <Link url={`/app/members/${row.memberId}`} removeUnderline>
                    {row.who}
                  </Link>
                </Text>
                <Text as="p">{row.sentence}</Text>
                <Text as="p" variant="bodySm" tone="subdued">
                  {moment(row.at)}
                </Text>
              </div>
              {signedChange(row.change)}
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
