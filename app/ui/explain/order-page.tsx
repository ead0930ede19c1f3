import { useNavigation, useSearchParams } from "@remix-run/react";
import { Banner, BlockStack, Card, DescriptionList, InlineGrid, Link, Page, Select, Text } from "@shopify/polaris";
import { explain as t } from "../texts/explain.ts";
import { useDates } from "../words.ts";
import type { SideTold } from "./order-told.ts";
import { SideCard } from "./side-card.tsx";

export type OrderPageProps = {
  order: { name: string; placedAt: string; memberId: string | null; who: string | null; waitingFor: string | null; codes: string[] };
  recorded: (SideTold & { at: string; checked: boolean }) | null;
  chosen: SideTold | null;
  problems: string[];
  by: string;
  own: number;
  choices: { hasDraft: boolean; versions: { version: number; note: string | null }[] };
  known: {
    tags: readonly string[];
    tier?: string | null | undefined;
    ordersBefore?: number | undefined;
    segments: string[] | null;
    products: { productGid: string; type: string; tags: string[]; pinned: boolean }[];
  };
};

/** Why an order earned what it earned, beside what it would earn by any version or the draft. */
export function OrderPage({ order, recorded, chosen, problems, by, own, choices, known }: OrderPageProps) {
  const { moment } = useDates();
  const isSame = recorded !== null && chosen !== null && recorded.sum === chosen.sum;
  const note = chosen && recorded ? (isSame ? t.same : t.differs(chosen.sum)) : "";
  return (
    <Page
      title={order.name}
      subtitle={[moment(order.placedAt), order.who].filter(Boolean).join(" · ")}
      backAction={{ content: t.title, url: "/app/explain" }}
      fullWidth
    >
      <BlockStack gap="400">
        {order.waitingFor && (
          <Banner tone="info" title={t.waiting.title}>
            <p>{`${t.waiting[order.waitingFor] ?? ""} ${t.waiting.beside}`}</p>
          </Banner>
        )}
        {!order.memberId && !order.waitingFor && (
          <Banner tone="info">
            <p>{t.nobody}</p>
          </Banner>
        )}
        <Card>
          <JudgeBy by={by} own={own} choices={choices} />
          <div aria-live="polite">
            <Text as="p">{note}</Text>
          </div>
        </Card>
        <InlineGrid columns={{ xs: 1, lg: 2 }} gap="400" alignItems="start">
          {recorded ? (
            <SideCard
              title={t.recorded}
              note={`${t.recordedBy(recorded.version ?? 0, moment(recorded.at))}. ${recorded.checked ? t.checked : t.unchecked}`}
              side={recorded}
            />
          ) : (
            <Card>
              <BlockStack gap="100">
                <Text as="h2" variant="headingMd">
                  {t.recorded}
                </Text>
                <Text as="p">{t.nothingPosted}</Text>
              </BlockStack>
            </Card>
          )}
          {chosen ? (
            <SideCard title={chosen.version === null ? t.byDraft : t.byVersion(chosen.version)} note={t.now} side={chosen} />
          ) : (
            <Banner tone="warning" title={t.problems}>
              <ul>
                {problems.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </Banner>
          )}
        </InlineGrid>
        <KnownCard order={order} own={own} known={known} />
      </BlockStack>
    </Page>
  );
}

function JudgeBy({ by, own, choices: { hasDraft, versions } }: Pick<OrderPageProps, "by" | "own" | "choices">) {
  const [, setAsked] = useSearchParams();
  const { state } = useNavigation();
  const options = [
    { value: "its own", label: t.own(own) },
    ...(hasDraft ? [{ value: "draft", label: t.draft }] : []),
    ...versions
      .filter(({ version }) => version !== own)
      .map(({ version, note }) => ({ value: String(version), label: t.version(version, note) })),
  ];
  return (
    <Select
      label={t.by}
      options={options}
      value={by}
      disabled={state === "loading"}
      onChange={(value) => setAsked(value === "its own" ? {} : { by: value }, { preventScrollReset: true, replace: true })}
    />
  );
}

function KnownCard({ order, own, known }: Pick<OrderPageProps, "order" | "own" | "known">) {
  const words = t.known;
  const list = (all: readonly string[]) => all.join(", ") || words.none;
  const items = [
    { term: words.version, description: String(own) },
    { term: words.tier, description: known.tier === undefined ? words.notAsked : (known.tier ?? words.noTier) },
    { term: words.orders, description: known.ordersBefore === undefined ? words.notAsked : String(known.ordersBefore) },
    { term: words.tags, description: list(known.tags) },
    { term: words.segments, description: known.segments === null ? words.segmentsNotAsked : list(known.segments) },
    { term: words.codes, description: list(order.codes) },
    {
      term: words.products,
      description: known.products.map((one) => words.product(one.type, one.tags, one.pinned)).join(" · ") || words.none,
    },
  ];
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {words.title}
        </Text>
        <DescriptionList items={items} gap="tight" />
        <Text as="p" tone="subdued" variant="bodySm">
          {words.constant}
        </Text>
        {order.memberId && (
          <p>
            <Link url={`/app/members/${order.memberId}`}>{order.who ?? words.title}</Link>
          </p>
        )}
      </BlockStack>
    </Card>
  );
}
