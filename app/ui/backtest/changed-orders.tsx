import { BlockStack, Card, InlineGrid, InlineStack, Link, List, Text } from "@shopify/polaris";
import type { OrderShown } from "../../loyalty/insight/shown.ts";
import { backtest as texts } from "../texts/backtest.ts";
import { number, useDates } from "../words.ts";
import { Change } from "./beside.tsx";

const t = texts.report;

/** The orders that change most; each opens in place and says how both sides came to their number. */
export function ChangedOrders({ orders, elsewhere }: { orders: OrderShown[]; elsewhere: number }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t.orders.title}
        </Text>
        {orders.length === 0 && (
          <Text as="p" tone="subdued">
            {t.orders.none}
          </Text>
        )}
        <ul className="laurel-rows">
          {orders.map((order) => (
            <li key={order.orderGid}>
              <Order order={order} />
            </li>
          ))}
        </ul>
        {elsewhere > 0 && (
          <Text as="p" tone="subdued">
            {t.orders.elsewhere(elsewhere)}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function Order({ order }: { order: OrderShown }) {
  const { moment } = useDates();
  return (
    <details className="laurel-details">
      <summary>
        {`${order.name}: ${number(order.live)} → ${number(order.draft)} `}
        <Change live={order.live} draft={order.draft} ofMember />
      </summary>
      <BlockStack gap="300">
        <InlineStack gap="300">
          <Text as="span" tone="subdued">
            {t.orders.placed(moment(order.at))}
          </Text>
          <Link url={`/app/explain/${order.orderGid.split("/").at(-1)}`}>{t.orders.explain}</Link>
        </InlineStack>
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          <Side title={t.sides.live} points={order.live} steps={order.told.live} />
          <Side title={t.sides.draft} points={order.draft} steps={order.told.draft} />
        </InlineGrid>
      </BlockStack>
    </details>
  );
}

function Side({ title, points, steps }: { title: string; points: number; steps: string[] }) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">{`${title}: ${number(points)}`}</Text>
      <List>
        {steps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
    </BlockStack>
  );
}
