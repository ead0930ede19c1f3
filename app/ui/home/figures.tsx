import { BlockStack, Card, Text } from "@shopify/polaris";
import { roundDown } from "../../loyalty/points.ts";
import { en as t } from "../texts/en.ts";
import { capital, number, useWords } from "../words.ts";

/** issued: less what refunds took back. outstanding: less what members owe. */
export type Totals = { issued: number; redeemed: number; givenMinor: number; outstanding: number; members: number };

type Props = { totals: Totals; worthPerPoint: { minor: number; points: number } | null };

/** The programme in three numbers, and what they are worth. */
export function Figures({ totals, worthPerPoint }: Props) {
  const { say } = useWords();
  const worth =
    worthPerPoint && totals.outstanding > 0
      ? t.home.figures.outstandingWorth(
          say.money(roundDown(BigInt(totals.outstanding) * BigInt(worthPerPoint.minor), worthPerPoint.points)),
        )
      : t.home.figures.outstandingPlain;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {capital(say.pointsName.other)}
        </Text>
        <div className="laurel-figures">
          <Figure label={t.home.figures.issued} value={totals.issued} under={t.home.figures.issuedHelp} />
          <Figure
            label={t.home.figures.redeemed}
            value={totals.redeemed}
            under={t.home.figures.redeemedWorth(say.money(totals.givenMinor))}
          />
          <Figure
            label={t.home.figures.outstanding}
            value={totals.outstanding}
            under={`${worth}. ${t.home.figures.holders(totals.members, say.pointsName.other)}.`}
          />
        </div>
      </BlockStack>
    </Card>
  );
}

function Figure({ label, value, under }: { label: string; value: number; under: string }) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant="headingXl">
        <span className="laurel-number">{number(value)}</span>
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {under}
      </Text>
    </BlockStack>
  );
}
