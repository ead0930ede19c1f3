import { Badge, BlockStack, Card, InlineStack, Page, Text } from "@shopify/polaris";
import type { Described } from "../../loyalty/program/describe.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { en } from "../texts/en.ts";
import { publish as t } from "../texts/publish.ts";
import { actorOf, capital, useDates } from "../words.ts";

type Props = {
  version: number;
  effectiveFrom: string;
  publishedAt: string;
  publishedBy: string;
  note: string | null;
  parts: Described[];
};

/** One published version in words, whole. */
export function VersionPage({ version, effectiveFrom, publishedAt, publishedBy, note, parts }: Props) {
  const { moment } = useDates();
  const words = t.version;
  return (
    <Page
      title={words.title(version)}
      subtitle={note ?? en.history.noNote}
      backAction={{ content: t.history.title, url: "/app/settings/history" }}
      secondaryActions={version > 1 ? [{ content: words.compare, url: `/app/versions/compare?from=${version - 1}&to=${version}` }] : []}
    >
      <BlockStack gap="400">
        <Card>
          <Text as="p">
            {effectiveFrom < "1971" ? t.history.always : t.history.from(moment(effectiveFrom))}.{" "}
            {t.history.by(actorOf(publishedBy), moment(publishedAt))}.
          </Text>
        </Card>
        {parts.map((part) => (
          <BlockStack gap="400" key={part.part}>
            {part.items.length > 0 && <Items part={part} />}
            {part.settings.length > 0 && (
              <PlainTable
                title={part.items.length > 0 ? `${t.parts[part.part]}: ${words.settings.toLowerCase()}` : (t.parts[part.part] ?? part.part)}
                columns={[{ title: words.setting }, { title: words.value }]}
                rows={part.settings.map(({ label, value }) => ({ key: label, cells: [label, capital(value)] }))}
              />
            )}
          </BlockStack>
        ))}
      </BlockStack>
    </Page>
  );
}

function Items({ part: { part, items } }: { part: Described }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t.parts[part] ?? part}
        </Text>
        <ul className="laurel-rows">
          {items.map((item) => (
            <li key={item.id} className="laurel-wrap">
              <InlineStack gap="200" blockAlign="center">
                <Text as="h3" variant="headingSm">
                  {item.name}
                </Text>
                {!item.active && <Badge>{t.version.off}</Badge>}
              </InlineStack>
              {item.sentence && <Text as="p">{capital(item.sentence)}</Text>}
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
