import { Link, useSearchParams } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, ButtonGroup, Card, InlineGrid, InlineStack, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { type Objective, objectives } from "../../loyalty/program/templates/template.ts";
import { en } from "../texts/en.ts";
import { templates as t } from "../texts/templates.ts";

export type TemplateCard = { id: string; name: string; summary: string; goodFor: string; objectives: readonly Objective[] };

/** Programmes to begin with, chosen by what they are for. */
export function GalleryPage({ cards }: { cards: TemplateCard[] }) {
  const [search, setSearch] = useSearchParams();
  const [wanted, setWanted] = useState(search.get("for"));
  const offered = (Object.keys(objectives) as Objective[]).filter((one) => cards.some((card) => card.objectives.includes(one)));
  const shown = cards.filter((card) => !wanted || card.objectives.includes(wanted as Objective));
  // The list follows at once; the address, for the way back, when it can.
  const choose = (objective: Objective | null) => {
    setWanted(objective);
    setSearch(objective ? { for: objective } : {}, { replace: true, preventScrollReset: true });
  };
  return (
    <Page title={t.title} backAction={{ content: en.earning.title, url: "/app/earning" }}>
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <Text as="p">{t.text}</Text>
            <BlockStack gap="200">
              <Text as="h2" variant="headingSm" id="objective">
                {t.objective}
              </Text>
              <InlineStack gap="200" wrap>
                <ButtonGroup>
                  <Button pressed={!wanted} onClick={() => choose(null)}>
                    {t.all}
                  </Button>
                  {offered.map((one) => (
                    <Button key={one} pressed={wanted === one} onClick={() => choose(one)}>
                      {objectives[one]}
                    </Button>
                  ))}
                </ButtonGroup>
              </InlineStack>
            </BlockStack>
          </BlockStack>
        </Card>
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <Text as="p" tone="subdued">
            <span aria-live="polite">{t.count(shown.length)}</span>
          </Text>
        </Box>
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          {shown.map((card) => (
            <OneCard key={card.id} card={card} />
          ))}
        </InlineGrid>
      </BlockStack>
    </Page>
  );
}

function OneCard({ card }: { card: TemplateCard }) {
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="200">
          <Link to={`/app/templates/${card.id}`} className="laurel-row-link">
            <Text as="h2" variant="headingMd">
              {card.name}
            </Text>
          </Link>
          <InlineStack gap="100">
            {card.objectives.map((one) => (
              <Badge key={one}>{objectives[one]}</Badge>
            ))}
          </InlineStack>
        </BlockStack>
        <Text as="p">{card.summary}</Text>
        <Text as="p" tone="subdued">
          {t.goodFor(card.goodFor)}
        </Text>
        <Box>
          <Button url={`/app/templates/${card.id}`} accessibilityLabel={t.lookAt(card.name)}>
            {t.look}
          </Button>
        </Box>
      </BlockStack>
    </Card>
  );
}
