import { BlockStack, Card, Text } from "@shopify/polaris";
import { templates as t } from "../texts/templates.ts";
import { TierName } from "./tier-name.tsx";
import type { ToldLine, ToldStory } from "./told-story.ts";

/** A story with its days, what happened on each and what came of it. On a narrow screen each day stands by itself. */
export function StoryCard({ story }: { story: ToldStory }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h3" variant="headingSm">
          {story.name}
        </Text>
        <ol className="laurel-rows">
          {story.lines.map((line) => (
            <li key={line.key} className="laurel-row">
              <StoryLine line={line} />
            </li>
          ))}
        </ol>
        {story.ends.map((sentence) => (
          <Text as="p" tone="subdued" key={sentence}>
            {sentence}
          </Text>
        ))}
      </BlockStack>
    </Card>
  );
}

function StoryLine({ line }: { line: ToldLine }) {
  return (
    <>
      <div className="laurel-wrap">
        <Text as="p" tone="subdued" variant="bodySm">
          {line.day}
        </Text>
        <Text as="p" fontWeight={line.byItself ? "regular" : "semibold"}>
          {line.what}
        </Text>
        {line.why.map((sentence) => (
          <Text as="p" key={sentence}>
            {sentence}
          </Text>
        ))}
      </div>
      <BlockStack gap="050" inlineAlign="end">
        <Text as="p" visuallyHidden>
          {t.has}
        </Text>
        {line.has.map((amount, at) => (
          <Text as="p" key={amount} alignment="end" tone={at === 0 ? undefined : "subdued"} numeric>
            {amount}
          </Text>
        ))}
        {line.tier && <TierName {...line.tier} />}
      </BlockStack>
    </>
  );
}
