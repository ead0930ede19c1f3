import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { findOrders, latestOrders } from "../db/read-orders.ts";
import { OrdersPage } from "../ui/explain/orders-page.tsx";
import { explain as t } from "../ui/texts/explain.ts";

export const meta: MetaFunction = () => [{ title: `${t.title} · Laurel` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const asked = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 100);
  const orders = await context.db.inProgramme(context.scope, (tx) => (asked ? findOrders(tx, asked) : latestOrders(tx)));
  return { asked, orders };
}

export default function Orders() {
  const { asked, orders } = useLoaderData<typeof loader>();
  return <OrdersPage key={asked} asked={asked} orders={orders} />;
}
