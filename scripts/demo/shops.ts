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
  // A dollar, or a hundred yen: both are a hundred minor units.
  const unit = 100;
  const reward = (id: string, name: string, points: number, units: number) => ({
    id,
    name,
    active: true,
    points,
    unit: "points",
    offered: true,
    codeDays: null,
    unusedIsLost: false,
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
