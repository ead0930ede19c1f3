import type { Definition } from "../../app/loyalty/program/definition.ts";
import { control, until } from "./ask.ts";

/** One shop of the demo: its handle, and where a browser finds what belongs to it. */
export type DemoShop = { handle: string; domain: string; name: string; currency: string; apiKey: string; appHandle: string };

type At = { sandbox: string; app: string; worker: string };

// What a merchant's browser would say.
const browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

/** Opens the app as a merchant would who has just installed it: by its first page, with a session token of the admin. */
export async function visitAsMerchant(at: At, shop: DemoShop): Promise<void> {
  const { token } = await control<{ token: string }>(at.sandbox, `/session-token?shop=${shop.handle}&app=${shop.apiKey}`);
  const page = new URL("/", at.app);
  const host = Buffer.from(`admin.shopify.com/store/${shop.handle}`).toString("base64url");
  page.search = new URLSearchParams({ embedded: "1", shop: shop.domain, host, id_token: token, locale: "en" }).toString();
  const response = await fetch(page, { headers: { "user-agent": browser, accept: "text/html" } });
  if (!response.ok) throw new Error(`The app answered ${response.status} when it was opened in ${shop.name}.`);
}

/** The programme of the demo: the one of the README, with rewards for a small and for a faithful shopper. */
export function demoProgramme(start: Definition, currency: string): Definition {
  const unit = currency === "JPY" ? 100 : 100;
  const reward = (id: string, name: string, points: number, units: number) => ({
    id,
    name,
    active: true,
    points,
    worth: { kind: "amount off" as const, amount: units * unit, minimum: null },
  });
  return {
    ...start,
    points: currency === "JPY" ? { one: "leaf", other: "leaves" } : start.points,
    rewards: [
      reward("small-thanks", "Small thanks", 150, 2),
      reward("five-off", "Thank you", 500, 5),
      reward("big-thanks", "Big thank you", 1200, 15),
    ],
  };
}

/** The app reads the sandbox's clock twice a second; from then on both live in the same time. */
export async function setClock(at: At, clock: { at: string } | { reset: true }): Promise<void> {
  const { offsetMs } = await control<{ offsetMs: number }>(at.sandbox, "/clock", clock);
  const wanted = () => Date.now() + offsetMs;
  const follows = async (url: string) => {
    const { now } = (await (await fetch(`${url}/healthz`)).json()) as { now: string };
    return Math.abs(Date.parse(now) - wanted()) < 5000;
  };
  await until("the app follows the sandbox's clock", async () => (await follows(at.app)) && (await follows(at.worker)), 20_000);
}

export type Shopper = { name: string; email: string; customerId: string; orders: number };

/** The shoppers who have bought most, who can log in. */
export async function bestShoppers(sandbox: string, shop: DemoShop, count: number): Promise<Shopper[]> {
  type Customer = { id: string; firstName: string | null; lastName: string | null; email: string | null; state: string };
  const [customers, orders] = await Promise.all([
    control<Customer[]>(sandbox, `/${shop.handle}/customers`),
    control<{ customerId: string | null; cancelledAt: string | null }[]>(sandbox, `/${shop.handle}/orders`),
  ]);
  const bought = new Map<string, number>();
  for (const { customerId, cancelledAt } of orders)
    if (customerId && !cancelledAt) bought.set(customerId, (bought.get(customerId) ?? 0) + 1);
  return customers
    .filter((one) => one.state === "enabled" && one.email)
    .map((one) => ({
      name: [one.firstName, one.lastName].filter(Boolean).join(" "),
      email: one.email ?? "",
      customerId: one.id,
      orders: bought.get(one.id) ?? 0,
    }))
    .sort((one, other) => other.orders - one.orders)
    .slice(0, count);
}
