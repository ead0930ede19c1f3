import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, ProgressBar, SkeletonBodyText, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useAct } from "../frame/use-answer.ts";
import { mirror as t } from "../texts/mirror.ts";
import { useDates } from "../words.ts";

type State = "waiting" | "running" | "reading" | "done" | "failed";
export type MirrorFill = {
  what: "products" | "customers";
  state: State;
  found: number;
  expected: number | null;
  finishedAt: string | Date | null;
  reason: string | null;
};

const where = "/app/settings/mirror";
const tones = { waiting: undefined, running: "info", reading: "info", done: "success", failed: "critical" } as const;
const isUnderway = (fill: MirrorFill): boolean => fill.state !== "done" && fill.state !== "failed";

/** How much of the shop's products and customers Laurel has read, followed while it reads. */
export function MirrorCard() {
  const { load, data, state } = useFetcher<{ fills: MirrorFill[] } | null>();
  const act = useAct(() => load(where));
  // Who was not reached is asked again.
  const underway = data === null || (data?.fills.some(isUnderway) ?? false);

  useEffect(() => load(where), [load]);
  // While something is read the card looks again every second, and leaves the page around it alone.
  useEffect(() => {
    if (!underway || state !== "idle") return;
    const timer = setTimeout(() => load(where), 1000);
    return () => clearTimeout(timer);
  }, [underway, state, load]);

  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t.title}
        </Text>
        <Text as="p" tone="subdued">
          {t.text}
        </Text>
        <div aria-live="polite" style={{ minHeight: "7.5rem" }}>
          {data ? <Fills fills={data.fills} /> : <SkeletonBodyText lines={4} />}
        </div>
        <InlineStack>
          <Button loading={act.busy} disabled={!data} onClick={() => act.send({}, where)}>
            {t.refill}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function Fills({ fills }: { fills: MirrorFill[] }) {
  if (fills.length === 0) return <Text as="p">{t.never}</Text>;
  return (
    <BlockStack gap="300">
      {fills.map((fill) => (
        <BlockStack key={fill.what} gap="100">
          <InlineStack align="space-between" blockAlign="center">
            <Text as="h3" variant="headingSm" id={`mirror-${fill.what}`}>
              {t[fill.what]}
            </Text>
            <Badge tone={tones[fill.state]}>{t.badges[fill.state]}</Badge>
          </InlineStack>
          <HowFar fill={fill} />
        </BlockStack>
      ))}
    </BlockStack>
  );
}

function HowFar({ fill }: { fill: MirrorFill }) {
  const { moment } = useDates();
  const { state, found, expected, reason } = fill;
  const words = {
    waiting: () => t.states.waiting(),
    running: () => t.states.running(expected),
    reading: () => t.states.reading(found, expected),
    done: () => t.states.done(found, fill.finishedAt ? moment(fill.finishedAt) : ""),
    failed: () => t.states.failed(t.reasons[reason ?? ""] ?? reason ?? ""),
  };
  return (
    <>
      <Text as="p" tone="subdued">
        {words[state]()}
      </Text>
      {state === "reading" && (
        <ProgressBar size="small" progress={expected ? (found / expected) * 100 : 0} ariaLabelledBy={`mirror-${fill.what}`} />
      )}
    </>
  );
}
