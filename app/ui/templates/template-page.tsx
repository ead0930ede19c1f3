import { Badge, BlockStack, Box, Card, InlineStack, Layout, List, Page, Text } from "@shopify/polaris";
import { type ReactNode, useState } from "react";
import { objectives } from "../../loyalty/program/templates/template.ts";
import { templates as t } from "../texts/templates.ts";
import { StoryCard } from "./story-card.tsx";
import { TierName } from "./tier-name.tsx";
import type { ToldTemplate } from "./told-template.ts";
import { type Standing, UseDialog } from "./use-dialog.tsx";

/** All of a template in sentences, and its stories. */
export function TemplatePage({ template, standing }: { template: ToldTemplate; standing: Standing }) {
  const [asking, setAsking] = useState(false);
  return (
    <Page
      title={template.name}
      backAction={{ content: t.title, url: "/app/templates" }}
      primaryAction={{ content: t.use, onAction: () => setAsking(true) }}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Card>
              <BlockStack gap="300">
                <Text as="p" variant="bodyLg">
                  {template.summary}
                </Text>
                <Text as="p" tone="subdued">
                  {t.goodFor(template.goodFor)}
                </Text>
                <InlineStack gap="100">
                  {template.objectives.map((one) => (
                    <Badge key={one}>{objectives[one]}</Badge>
                  ))}
                </InlineStack>
              </BlockStack>
            </Card>
            <Box paddingInline={{ xs: "400", sm: "0" }}>
              <BlockStack gap="100">
                <Text as="h2" variant="headingMd">
                  {t.behaves}
                </Text>
                <Text as="p" tone="subdued">
                  {t.behavesText}
                </Text>
              </BlockStack>
            </Box>
            {template.stories.map((story) => (
              <StoryCard key={story.name} story={story} />
            ))}
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <Parts template={template} />
        </Layout.Section>
      </Layout>
      <UseDialog name={template.name} standing={standing} open={asking} onClose={() => setAsking(false)} />
    </Page>
  );
}

function Parts({ template }: { template: ToldTemplate }) {
  return (
    <BlockStack gap="400">
      <Part title={t.gives}>
        {template.rules.length === 0 && <Text as="p">{t.nothingEarns}</Text>}
        <Sentences of={template.rules} />
      </Part>
      {template.campaigns.length > 0 && (
        <Part title={t.campaigns}>
          <Sentences of={template.campaigns} />
        </Part>
      )}
      {template.tiers.length > 0 && (
        <Part title={t.tiers}>
          <ol className="laurel-rows">
            {template.tiers.map(({ id, name, colour, sentence, perks }) => (
              <li key={id}>
                <TierName name={name} colour={colour} />
                <Text as="p">{sentence}</Text>
                {perks.map((perk) => (
                  <Text as="p" tone="subdued" key={perk}>
                    {perk}
                  </Text>
                ))}
              </li>
            ))}
          </ol>
        </Part>
      )}
      {template.rewards.length > 0 && (
        <Part title={t.rewards}>
          <Sentences of={template.rewards.map((one) => ({ ...one, badge: one.isGiven ? t.given : undefined }))} />
        </Part>
      )}
      {template.asks.length > 0 && (
        <Part title={t.asks}>
          <Text as="p" tone="subdued">
            {t.asksText}
          </Text>
          <List>
            {template.asks.map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
          </List>
        </Part>
      )}
    </BlockStack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}

function Sentences({ of }: { of: { id: string; name: string; sentence: string; badge?: string }[] }) {
  return (
    <ul className="laurel-rows">
      {of.map(({ id, name, sentence, badge }) => (
        <li key={id} className="laurel-wrap">
          <InlineStack gap="200" blockAlign="center">
            <Text as="span" fontWeight="semibold">
              {name}
            </Text>
            {badge && <Badge>{badge}</Badge>}
          </InlineStack>
          <Text as="p">{sentence}</Text>
        </li>
      ))}
    </ul>
  );
}
