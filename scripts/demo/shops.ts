import type { z } from "zod";
import type { boost } from "../../app/loyalty/earning/rule.ts";
import { type Definition, definition } from "../../app/loyalty/program/definition.ts";
import type { ladder } from "../../app/loyalty/tiers/ladder.ts";
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

/**
 * The programme of the demo: the one of the README, with rewards for a small and for a faithful shopper. The shop that
 * sells in dollars has tiers and campaigns beside it, one of them past and one to come.
 */
export function demoProgramme(start: Definition, currency: string, today: Date): Definition {
  // A dollar, or a hundred yen: both are a hundred minor units.
  const unit = 100;
  const reward = (id: string, name: string, points: number, units: number) => ({
    id,
    name,
    active: true,
    points,
    worth: { kind: "amount off" as const, amount: units * unit, minimum: null },
  });
  const rewards = [
    reward("small-thanks", "Small thanks", 150, 2),
    reward("five-off", "Thank you", 500, 5),
    reward("big-thanks", "Big thank you", 1200, 15),
  ];
  if (currency === "JPY") return definition.parse({ ...start, points: { one: "leaf", other: "leaves" }, rewards });
  return definition.parse({ ...start, rewards, tiers: demoTiers(unit), boosts: demoCampaigns(today) });
}

const demoTiers = (unit: number): z.input<typeof ladder> => ({
  window: { kind: "calendar year" },
  term: { kind: "rest of this year and next" },
  graceDays: 14,
  levels: [
    { id: "member", name: "Member", colour: "#7a8b99", icon: "leaf" },
    {
      id: "silver",
      name: "Silver",
      colour: "#8e9aa6",
      icon: "star",
      reach: [{ kind: "spend", least: 250 * unit }],
      times: 12_500,
      perks: [{ id: "early", name: "First to see what is new" }],
    },
    {
      id: "gold",
      name: "Gold",
      colour: "#b8860b",
      icon: "crown",
      reach: [{ kind: "spend", least: 600 * unit }],
      times: 15_000,
      entry: [{ kind: "points", points: 100 }],
      perks: [{ id: "call", name: "A call from the owner", note: "Thank them, and ask what they would like to see.", task: true }],
    },
  ],
});

function demoCampaigns(today: Date): z.input<typeof boost>[] {
  const dayFrom = (days: number) => `${new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10)}T00:00`;
  const double = { active: true, times: 20_000 };
  return [
    { id: "double-days", name: "Double days", ...double, runs: { from: dayFrom(-40), until: dayFrom(-37) } },
    { id: "holiday-weekend", name: "Holiday weekend", ...double, runs: { from: dayFrom(12), until: dayFrom(15) } },
  ];
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
