import { randomUUID } from "node:crypto";
import type pg from "pg";
import { control } from "./ask.ts";
import type { DemoShop } from "./shops.ts";

/** Somebody who can log in to the storefront, and what they have. */
export type Shopper = { name: string; email: string; customerId: string; points: number };

type Customer = { id: string; firstName: string | null; lastName: string | null; email: string | null; state: string };

/** The shoppers with an account who have the most points. */
export async function bestShoppers(sandbox: string, shop: DemoShop, owner: pg.Pool, count: number): Promise<Shopper[]> {
  const [customers, { rows }] = await Promise.all([
    control<Customer[]>(sandbox, `/${shop.handle}/customers`),
    owner.query<{ gid: string; points: string }>(
      `select c.customer_gid as gid, b.available as points from customer c
       join shop s on s.program_id = c.program_id and s.shop_id = c.shop_id
       join balance b on b.program_id = c.program_id and b.member_id = c.member_id and b.unit = 'points'
       where s.domain = $1`,
      [shop.domain],
    ),
  ]);
  const points = new Map(rows.map((row) => [row.gid, Number(row.points)]));
  return customers
    .filter((one) => one.state === "enabled" && one.email)
    .map((one) => ({
      name: [one.firstName, one.lastName].filter(Boolean).join(" "),
      email: one.email ?? "",
      customerId: one.id,
      points: points.get(`gid://shopify/Customer/${one.id}`) ?? 0,
    }))
    .sort((one, other) => other.points - one.points)
    .slice(0, count);
}

/** A few shoppers redeem, by the signed addresses of the storefront; most of them use their code at once. */
export async function redeemSome(sandbox: string, shop: DemoShop, owner: pg.Pool, count: number): Promise<number> {
  const able = (await bestShoppers(sandbox, shop, owner, 40)).filter((one) => one.points >= 150);
  // Those with the most keep their points, for whoever logs in as them.
  const chosen = able.slice(5, 5 + count);
  const products = await control<{ giftCard: boolean; variants: { id: string }[] }[]>(sandbox, `/${shop.handle}/products`);
  const wares = products.filter((one) => !one.giftCard).flatMap((one) => one.variants);

  for (const [index, { customerId }] of chosen.entries()) {
    const signed = await control<{ url: string }>(sandbox, `/${shop.handle}/proxy-url?path=/redeem&customer=${customerId}`);
    const response = await fetch(signed.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ reward: "small-thanks", request: randomUUID() }),
    });
    if (!response.ok) throw new Error(`A shopper of ${shop.name} could not redeem: HTTP ${response.status} ${await response.text()}`);
    const { code } = (await response.json()) as { code: string };
    const ware = wares[(index * 7) % wares.length];
    // Every fourth keeps the code for later.
    if (index % 4 !== 3 && ware)
      await control(sandbox, `/${shop.handle}/orders`, { customer: customerId, lines: [{ variant: ware.id, quantity: 1 }], codes: [code] });
  }
  return chosen.length;
}
