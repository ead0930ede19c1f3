import { Badge, BlockStack, Card, InlineStack, List, Text } from "@shopify/polaris";
import { events as t } from "../texts/events.ts";
import { number } from "../words.ts";

export type BesidePoints = {
  units: { id: string; one: string; other: string; available: number; pending: number; reserved: number }[];
  badges: string[];
  gifts: { what: string; state: string; why: string | null }[];
};

/** What a member has that is no points: stamps and the like, badges, and gifts that did not go as usual. */
export function BesidePointsCard({ units, badges, gifts }: BesidePoints) {
  if (units.length + badges.length + gifts.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t.beside}
        </Text>
        {units.map((unit) => (
          <Text as="p" key={unit.id}>
            <span className="laurel-number">{number(unit.available)}</span> {unit.available === 1 ? unit.one : unit.other}
            {unit.pending > 0 && t.pending(number(unit.pending))}
            {unit.reserved > 0 && t.reserved(number(unit.reserved))}
          </Text>
        ))}
        {badges.length > 0 && (
          <InlineStack gap="100">
            {badges.map((name) => (
              <Badge key={name}>{name}</Badge>
            ))}
          </InlineStack>
        )}
        {gifts.length > 0 && (
          <List>
            {gifts.map((gift, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is read and never reordered
              <List.Item key={at}>{t.gift(gift.what, gift.why ?? "")}</List.Item>
            ))}
          </List>
        )}
      </BlockStack>
    </Card>
  );
}
