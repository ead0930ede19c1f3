import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Link, Spinner, Text } from "@shopify/polaris";
import { useEffect, useRef } from "react";
import { PlainTable } from "../frame/plain-table.tsx";
import { publish as t } from "../texts/publish.ts";
import { number } from "../words.ts";
import type { Movers } from "./mover-rows.ts";

const where = "/app/publish/movers";

/** Who would be in another tier if the draft took effect now. The page does not wait for the count. */
export function MoversCard({ revision }: { revision: number }) {
  const { load, data } = useFetcher<Movers | null>();
  const asked = useRef<number>(undefined);
  useEffect(() => {
    if (asked.current === revision) return;
    asked.current = revision;
    load(where);
  });
  const words = t.movers;
  if (data && data.moved > 0)
    return (
      <PlainTable
        title={words.title}
        text={`${words.someone(data.moved, data.looked)} ${words.keeps}`}
        columns={[{ title: words.from }, { title: words.to }, { title: words.members, end: true }, { title: words.examples }]}
        rows={data.moves.map(({ from, to, members }) => ({
          key: `${from} ${to}`,
          cells: [
            from,
            to,
            number(members),
            <Examples key="examples" of={data.examples.filter((one) => one.from === from && one.to === to)} />,
          ],
        }))}
      />
    );
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {words.title}
        </Text>
        <div aria-live="polite" aria-busy={data === undefined}>
          {data ? (
            <Text as="p">{words.none(data.looked)}</Text>
          ) : data === null ? (
            <Button onClick={() => load(where)}>{words.again}</Button>
          ) : (
            <InlineStack gap="200" blockAlign="center">
              <Spinner size="small" />
              <Text as="span">{words.reading}</Text>
            </InlineStack>
          )}
        </div>
      </BlockStack>
    </Card>
  );
}

function Examples({ of }: { of: Movers["examples"] }) {
  return (
    <>
      {of.map(({ memberId, name }, at) => (
        <span key={memberId}>
          {at > 0 && ", "}
          <Link url={`/app/members/${memberId}`}>{name}</Link>
        </span>
      ))}
    </>
  );
}
