import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { useAct } from "../frame/use-answer.ts";
import { backtest } from "../texts/backtest.ts";
import { mirror } from "../texts/mirror.ts";
import { useDates } from "../words.ts";

const t = backtest.history;

export type PastFill = {
  state: "waiting" | "running" | "reading" | "done" | "failed";
  found: number;
  expected: number | null;
  finishedAt: string | Date | null;
  reason: string | null;
};

/** Orders from before Laurel: read by hand, and only for this. */
export function PastOrdersCard({ fill, held }: { fill: PastFill | null; held: number }) {
  const { moment } = useDates();
  const act = useAct(() => undefined);
  const said = fill && {
    waiting: () => mirror.states.waiting(),
    running: () => mirror.states.running(fill.expected),
    reading: () => mirror.states.reading(fill.found, fill.expected),
    done: () => mirror.states.done(fill.found, fill.finishedAt ? moment(fill.finishedAt) : ""),
    failed: () => mirror.states.failed(mirror.reasons[fill.reason ?? ""] ?? fill.reason ?? ""),
  };
  const underWay = fill !== null && fill.state !== "done" && fill.state !== "failed";
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd" id="past-orders">
          {t.title}
        </Text>
        <div>
          <Text as="p" tone="subdued">
            {t.text}
          </Text>
          <div aria-live="polite">
            {fill && said && <Text as="p">{said[fill.state]()}</Text>}
            {held > 0 && <Text as="p">{t.held(held)}</Text>}
          </div>
        </div>
        {underWay && (
          <ProgressBar size="small" progress={fill.expected ? (fill.found / fill.expected) * 100 : 0} ariaLabelledBy="past-orders" />
        )}
        <InlineStack>
          <Button loading={act.busy} disabled={underWay} onClick={() => act.send({ what: "import" })}>
            {held > 0 ? t.again : t.act}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
