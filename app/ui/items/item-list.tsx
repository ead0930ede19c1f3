import { Link } from "@remix-run/react";
import { Card, InlineStack, Page, Text } from "@shopify/polaris";
import { NothingYet } from "../frame/nothing-yet.tsx";
import { type State, StateBadge } from "./state-badge.tsx";

export type ItemRow = { id: string; name: string; sentence: string; state: State; end?: string };

type Props = {
  title: string;
  add: string;
  none: { title: string; text: string };
  /** Where they live: /app/earning */
  base: string;
  rows: ItemRow[];
  /** Pages that are looked at from here. */
  doors?: { content: string; url: string }[];
};

/** Rules or rewards, each with its sentence. Tapping one opens it. */
export function ItemList({ title, add, none, base, rows, doors }: Props) {
  return (
    <Page title={title} primaryAction={{ content: add, url: `${base}/new` }} secondaryActions={doors}>
      <Card>
        {rows.length === 0 && <NothingYet title={none.title} text={none.text} action={{ content: add, url: `${base}/new` }} />}
        <ul className="laurel-rows">
          {rows.map((row) => (
            <li key={row.id}>
              <Link to={`${base}/${row.id}`} className="laurel-row laurel-row-link">
                <div className="laurel-wrap">
                  <InlineStack gap="200" blockAlign="center">
                    <Text as="h2" variant="headingSm">
                      {row.name}
                    </Text>
                    <StateBadge state={row.state} />
                  </InlineStack>
                  <Text as="p" tone="subdued">
                    {row.sentence}
                  </Text>
                </div>
                {row.end && (
                  <Text as="span" fontWeight="semibold">
                    {row.end}
                  </Text>
                )}
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
}
