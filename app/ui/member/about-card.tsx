import { BlockStack, Button, Card, InlineStack, Tag, Text } from "@shopify/polaris";
import { en as t } from "../texts/en.ts";
import { useDates } from "../words.ts";

export type About = {
  name: string | null;
  email: string | null;
  joinedAt: string;
  stateNote: string | null;
  redactedAt: string | null;
  customers: { shopId: string; customerGid: string; tags: string[]; deletedAt: string | null }[];
};

export function AboutCard({ member, shop }: { member: About; shop: string }) {
  const { day } = useDates();
  const tags = [...new Set(member.customers.flatMap((one) => one.tags))];
  const customer = member.customers.map((one) => /^gid:\/\/shopify\/Customer\/(\d+)$/.exec(one.customerGid)?.[1]).find(Boolean);
  return (
    <Card>
      <BlockStack gap="300" inlineAlign="start">
        <Text as="h2" variant="headingMd">
          {t.member.about}
        </Text>
        <div className="laurel-wrap">
          {member.email && <Text as="p">{member.email}</Text>}
          <Text as="p" tone="subdued">
            {t.member.joined(day(member.joinedAt))}
          </Text>
          {member.stateNote && <Text as="p">{member.stateNote}</Text>}
          {!customer && !member.redactedAt && (
            <Text as="p" tone="subdued">
              {t.member.guestText}
            </Text>
          )}
        </div>
        {tags.length > 0 && (
          <InlineStack gap="100" wrap>
            {tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </InlineStack>
        )}
        {customer && (
          <Button url={`https://${shop}/admin/customers/${customer}`} target="_top">
            {t.member.openCustomer}
          </Button>
        )}
      </BlockStack>
    </Card>
  );
}
