import { Form, useNavigation } from "@remix-run/react";
import { BlockStack, Button, Card, Link, Page, TextField } from "@shopify/polaris";
import { useState } from "react";
import { PlainTable } from "../frame/plain-table.tsx";
import { en } from "../texts/en.ts";
import { explain as t } from "../texts/explain.ts";
import { useDates } from "../words.ts";

export type OrdersPageProps = {
  asked: string;
  orders: {
    orderGid: string;
    name: string;
    placedAt: string;
    memberId: string | null;
    who: string | null;
    waitingFor: string | null;
    settledAt: string | null;
  }[];
};

/** Where an order is found to be explained. */
export function OrdersPage({ asked, orders }: OrdersPageProps) {
  const { moment } = useDates();
  const { state } = useNavigation();
  const [text, setText] = useState(asked);
  const words = t.search;
  return (
    <Page title={t.title} backAction={{ content: en.nav.home, url: "/app" }}>
      <BlockStack gap="400">
        <Card>
          <Form method="get" role="search">
            <TextField
              label={words.label}
              helpText={words.help}
              name="q"
              value={text}
              onChange={setText}
              autoComplete="off"
              type="search"
              connectedRight={
                <Button submit variant="primary" loading={state === "loading"}>
                  {words.button}
                </Button>
              }
            />
          </Form>
        </Card>
        <PlainTable
          title={asked ? words.found : words.latest}
          columns={[{ title: t.table.order }, { title: t.table.placed }, { title: t.table.member }, { title: t.table.state }]}
          rows={orders.map((one) => ({
            key: one.orderGid,
            cells: [
              <Link key="order" url={`/app/explain/${one.orderGid.split("/").at(-1)}`}>
                {one.name}
              </Link>,
              moment(one.placedAt),
              one.memberId ? (one.who ?? "—") : t.guest,
              one.waitingFor ? (t.waits[one.waitingFor] ?? t.notSettled) : one.settledAt ? t.settled : t.notSettled,
            ],
          }))}
          none={asked ? words.none(asked) : words.empty}
        />
      </BlockStack>
    </Page>
  );
}
