import { randomUUID } from "node:crypto";
import { sessionToken } from "../../sandbox/session-token.ts";
import type { ShopState } from "../../sandbox/shop-state.ts";
import type { Customer, Discount, Order } from "../../sandbox/world.ts";
import { visitAsMerchant } from "../../scripts/demo/shops.ts";
import { aShopper } from "../sandbox/a-shopper.ts";
import type { Town, TownApp } from "./town.ts";
import { until } from "./until.ts";

export type Held = { pending: number; available: number; reserved: number; owed: number };
export type Redemption = {
  id: string;
  state: string;
  code: string;
  points: number;
  charged: number;
  given: number | null;
  orderGid: string | null;
};
export type Movement = { kind: string; change: Partial<Held>; explanation: Record<string, unknown> };

export type OrderWish = {
  /** One line of so many dollars (or the currency's unit of two decimals); or `prices` for several lines. */
  dollars?: number;
  prices?: number[];
  codes?: string[];
  shipping?: number;
  createdAt?: string;
  paid?: boolean;
  email?: string;
};

/** A shop of the town: what its merchant, its shoppers and Shopify do to it, and what Laurel's database says of it. */
export type TownShop = ReturnType<typeof openTownShop>;
export type TownShopper = Awaited<ReturnType<TownShop["shopper"]>>;

export function openTownShop(town: Town, { handle, app }: { handle: string; app: TownApp }) {
  const domain = `${handle}.myshopify.com`;
  const control = <T>(path: string, body?: object) => town.control<T>(`/${handle}${path}`, body);
  const state = (): ShopState => town.sandbox.world.shops.get(handle) ?? never(`The sandbox has no shop ${handle}.`);
  const variant = () => [...state().products.values()].find((one) => !one.giftCard)?.variants[0]?.id ?? never("The shop sells nothing.");
  const rows = async <T extends object>(sql: string, values: unknown[] = []) => (await town.owner.query<T>(sql, values)).rows;

  const place = async () => {
    const [row] = await rows<{ programId: string; shopId: string }>(
      'select program_id as "programId", shop_id as "shopId" from shop_directory where shop = $1',
      [domain],
    );
    return row ?? never(`${domain} is not in the directory.`);
  };

  /** A session token as the admin gives it to the app's frame. */
  const token = () => sessionToken(town.sandbox.world, { shop: handle, apiKey: app.apiKey });

  const shop = {
    handle,
    domain,
    app,
    state,
    control,
    place,
    token,
    variant,

    /** Opens the app's first page as the admin frame does: the shop is installed by its first visit. */
    install: () =>
      visitAsMerchant(
        { sandbox: town.sandbox.url, app: town.app, worker: "" },
        { handle, domain, apiKey: app.apiKey, name: handle, currency: "", appHandle: app.handle },
      ),

    /** What a page of the admin does when something is saved. */
    asMerchant: (path: string, sent: object, withToken = token()) =>
      fetch(new URL(path, town.app), {
        method: "POST",
        headers: {
          authorization: `Bearer ${withToken}`,
          "content-type": "application/json",
          accept: "*/*",
          "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/147.0.0.0",
        },
        body: JSON.stringify(sent),
        redirect: "manual",
      }),

    async context(now: () => Date = () => new Date()) {
      // Loaded late, because the app's doors read the environment, which the town has made only by then.
      const { contextFor } = await import("../../app/context.server.ts");
      return { ...contextFor(await place(), "staff:test"), now };
    },

    /** Live for a day already, so that orders of this very second count. */
    async liveSinceYesterday(): Promise<void> {
      const { decidePhase } = await import("../../app/flows/programme/decide-phase.ts");
      const yesterday = new Date(Date.now() - 86_400_000);
      const decided = await decidePhase(await shop.context(() => yesterday), { phase: "live", from: null, testTag: null });
      if ("refused" in decided) throw new Error(decided.sentence);
    },

    customer: (wish: { firstName?: string; email?: string; account?: boolean; tags?: string[] } = {}) =>
      control<Customer>("/customers", { account: true, firstName: "Ann", lastName: "Lee", email: `${randomUUID()}@example.com`, ...wish }),

    order: (customer: Customer | null, { dollars = 100, prices, ...wish }: OrderWish = {}) =>
      control<Order>("/orders", {
        ...(customer ? { customer: customer.id } : {}),
        lines: (prices ?? [dollars]).map((price) => ({ variant: variant(), quantity: 1, price: Math.round(price * 100) })),
        ...wish,
      }),

    act: (order: Order, verb: "refund" | "cancel" | "edit" | "pay" | "delete" | "customer" | "tags", body: object = {}) =>
      control<Order>(`/orders/${order.id}/${verb}`, body),

    /** Somebody with a browser who is logged in at the storefront; scripts are off. */
    async shopper(customer: Customer) {
      const browser = aShopper(town.sandbox.storefrontUrl(handle));
      await browser.visit(`/account/login?as=${customer.id}`);
      return {
        ...browser,
        /** By the two forms of somebody without script. @returns where the shop sends them, and how long the second took */
        async redeem(reward = "five-off") {
          const asked = await browser.visit(`/apps/laurel/redeem?${new URLSearchParams({ reward, return: "/cart" })}`);
          const began = performance.now();
          const sent = await browser.ask("/apps/laurel/redeem", post(hiddenIn(asked.text, "/apps/laurel/redeem")));
          return { ...sent, millis: performance.now() - began };
        },
        /** As the little script of the theme block does. */
        tap: (request: string, reward = "five-off") => browser.ask("/apps/laurel/redeem", postJson({ reward, request })),
        async handBack(redemptionId: string) {
          const asked = await browser.visit(`/apps/laurel/hand-back?${new URLSearchParams({ redemption: redemptionId })}`);
          return browser.send("/apps/laurel/hand-back", hiddenIn(asked.text, "/apps/laurel/hand-back"));
        },
      };
    },

    async held(customer: Customer): Promise<Held> {
      const [row] = await rows<Held>(
        `select b.pending::int, b.available::int, b.reserved::int, b.owed::int from shop s join customer c using (program_id, shop_id)
         join balance b using (program_id, member_id) where s.domain = $1 and c.customer_gid = $2 and b.unit = 'points'`,
        [domain, gidOf(customer)],
      );
      return row ?? { pending: 0, available: 0, reserved: 0, owed: 0 };
    },

    redemptions: (customer?: Customer) =>
      rows<Redemption>(
        `select r.redemption_id as id, r.state, r.code, r.points::int, r.charged::int, r.given_minor::int as given, r.order_gid as "orderGid"
         from redemption r join shop s using (program_id, shop_id) where s.domain = $1 and ($2::text is null or r.customer_gid = $2) order by r.redemption_id`,
        [domain, customer ? gidOf(customer) : null],
      ),

    /** What happened to a member's points, the oldest first: by what, and by how much each account changed. */
    async movements(customer: Customer): Promise<Movement[]> {
      return rows<Movement>(
        `with own as (select c.program_id, c.member_id from customer c join shop s using (program_id, shop_id) where s.domain = $1 and c.customer_gid = $2),
         sides as (
           select p.program_id, p.transaction_id, to_account as account, case when to_account = 'owed' then -amount else amount end as amount from posting p join own o on o.program_id = p.program_id and o.member_id = p.to_member
           union all
           select p.program_id, p.transaction_id, from_account, case when from_account = 'owed' then amount else -amount end from posting p join own o on o.program_id = p.program_id and o.member_id = p.from_member),
         sums as (select program_id, transaction_id, account, sum(amount)::int as amount from sides group by 1, 2, 3)
         select t.kind, t.explanation, json_object_agg(s.account, s.amount) as change from sums s join transaction t using (program_id, transaction_id)
         group by t.program_id, t.transaction_id, t.kind, t.explanation order by t.transaction_id`,
        [domain, gidOf(customer)],
      );
    },

    discounts: (): Discount[] => [...state().discounts.values()],
    discountOf: (code: string): Discount | undefined => shop.discounts().find((one) => one.codes.some((each) => each.code === code)),

    /** The card as the theme reads it. */
    card: (customer: Customer): Record<string, unknown> | undefined => {
      const metafield = state()
        .customers.get(customer.id)
        ?.metafields.find((one) => one.key === "card");
      return metafield && (JSON.parse(metafield.value) as Record<string, unknown>);
    },

    until: (what: string, customer: Customer, wanted: Partial<Held>) =>
      until(what, async () => {
        const held = await shop.held(customer);
        return Object.entries(wanted).every(([account, points]) => held[account as keyof Held] === points);
      }),
  };
  return shop;
}

export const gidOf = (customer: { id: string }): string => `gid://shopify/Customer/${customer.id}`;

const never = (sentence: string): never => {
  throw new Error(sentence);
};

const post = (fields: Record<string, string>): RequestInit => ({ method: "POST", body: new URLSearchParams(fields) });
const postJson = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", accept: "application/json" },
  body: JSON.stringify(body),
});

/** The hidden fields of the form that posts to an address. */
export function hiddenIn(page: string, action: string): Record<string, string> {
  const form = page.split("<form").find((part) => part.includes(`action="${action}"`) && part.includes('method="post"'));
  if (!form)
    throw new Error(
      `The page has no form for ${action}:\n${page
        .replace(/<[^>]+>/g, " ")
        .replace(/\s+/g, " ")
        .slice(0, 600)}`,
    );
  const [inside = ""] = form.split("</form>");
  return Object.fromEntries(
    [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, plain(value)]),
  );
}

const plain = (text: string): string =>
  text.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
