import { Banner, BlockStack, Button, InlineStack, List, Text } from "@shopify/polaris";
import type { Act } from "../frame/use-answer.ts";
import { publish as t } from "../texts/publish.ts";
import { actorOf, useDates } from "../words.ts";
import { ChangesList } from "./changes-list.tsx";
import type { MeanwhileData } from "./review.ts";

/** Says what was published while the draft was edited, and brings it in. */
export function MeanwhileCard({ act, meanwhile, revision }: { act: Act; meanwhile: MeanwhileData; revision: number }) {
  const { moment } = useDates();
  const words = t.meanwhile;
  const { version, both } = meanwhile;
  const bring = (keep: "draft" | "published" | null) => act.send({ what: "rebase", revision, keep }, "/app/publish");
  return (
    <Banner tone="warning" title={words.title(version)}>
      <BlockStack gap="300">
        <Text as="p">{words.text}</Text>
        <ChangesList changes={meanwhile.changes} />
        <Text as="p" tone="subdued">
          {t.history.by(actorOf(meanwhile.publishedBy), moment(meanwhile.publishedAt))}
        </Text>
        {both && <Text as="p">{words.both}</Text>}
        {both && <Side title={t.compare.draft} lines={both.draft} />}
        {both && <Side title={t.history.version(version)} lines={both.published} />}
        {act.refused && (
          <div role="alert">
            <Text as="p" tone="critical">
              {act.refused.sentence}
            </Text>
          </div>
        )}
        <InlineStack gap="200">
          {both ? (
            <>
              <Button loading={act.busy} onClick={() => bring("draft")}>
                {words.draft}
              </Button>
              <Button loading={act.busy} onClick={() => bring("published")}>
                {words.published(version)}
              </Button>
            </>
          ) : (
            <Button loading={act.busy} onClick={() => bring(null)}>
              {words.bring(version)}
            </Button>
          )}
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}

function Side({ title, lines }: { title: string; lines: string[] }) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      <List>
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </BlockStack>
  );
}
