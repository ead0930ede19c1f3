import type pg from "pg";
import { control, until } from "./ask.ts";
import type { DemoOptions } from "./options.ts";
import { redeemSome } from "./shoppers.ts";
import { type DemoShop, demoProgramme, setClock, visitAsMerchant } from "./shops.ts";

type At = { sandbox: string; app: string; worker: string };

/**
 * A year of the past, by the front door: the clock goes back, the merchants install the app and begin their
 * programme, the clock comes forward, and Shopify's webhooks of that year arrive.
 */
export async function furnish(
  at: At,
  shops: DemoShop[],
  owner: pg.Pool,
  { history, say }: { history: DemoOptions["history"]; say: (line: string) => void },
): Promise<void> {
  const days = history?.days ?? 0;
  const began = new Date(Date.now() - (days + 2) * 86_400_000);
  if (days > 0) await setClock(at, { at: began.toISOString() });

  await Promise.all(
    shops.map(async (shop) => {
      await visitAsMerchant(at, shop);
      await beginProgramme(shop, days > 0 ? began : new Date());
    }),
  );
  say("The app is installed in both shops and their programmes are live");
  if (!history) return;

  await setClock(at, { reset: true });
  for (const [index, shop] of shops.entries()) {
    // The second shop is a smaller one.
    const share = index === 0 ? 1 : 0.35;
    const wish = {
      days,
      customers: Math.max(3, Math.round(history.customers * share)),
      orders: Math.max(1, Math.round(history.orders * share)),
      seed: index + 1,
    };
    const made = await control<{ customers: number; orders: number; refunds: number }>(at.sandbox, `/${shop.handle}/history`, wish);
    say(`${shop.name}: a year with ${made.customers} customers, ${made.orders} orders and ${made.refunds} refunds`);
  }
  await settled(at.sandbox, owner);
  say("Every order of the year is settled");
  for (const shop of shops) {
    const count = await redeemSome(at.sandbox, shop, owner, 8);
    if (count > 0) say(`${shop.name}: ${count === 1 ? "a shopper has" : `${count} shoppers have`} redeemed a reward`);
  }
  await settled(at.sandbox, owner);
}

async function settled(sandbox: string, owner: pg.Pool): Promise<void> {
  await control(sandbox, "/settle", { timeoutMs: 120_000 });
  await drained(owner);
}

/** Waits until nothing that is due is left in the inbox and the queue. */
export async function drained(owner: pg.Pool): Promise<void> {
  await until("the worker has worked off the inbox", async () => (await workLeft(owner)) === 0, 180_000);
}

async function workLeft(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ left: number }>(
    `select (select count(*) from inbox where state = 'waiting' and not_before <= now() and program_id is not null)::int
       + (select count(*) from graphile_worker.jobs where run_at <= now() and attempts < max_attempts)::int as left`,
  );
  return rows[0]?.left ?? 0;
}

async function beginProgramme(shop: DemoShop, now: Date): Promise<void> {
  // Loaded here, because the app's doors read the environment, which the demo has made only by now.
  const [{ contextFor, placeOf }, { decidePhase }, { publishProgramme }, { currentProgramme }, { isRefusal }] = await Promise.all([
    import("../../app/context.server.ts"),
    import("../../app/flows/programme/decide-phase.ts"),
    import("../../app/flows/programme/publish-programme.ts"),
    import("../../app/db/programme.ts"),
    import("../../app/loyalty/refusal.ts"),
  ]);
  const place = await placeOf(shop.domain);
  if (!place) throw new Error(`The app was opened in ${shop.name}, yet it is not installed there.`);
  const context = { ...contextFor({ programId: place.programId, shopId: "*" }, "staff:demo"), now: () => now };

  const programme = await context.db.inProgramme(context.scope, (tx) => currentProgramme(tx, now));
  if (!programme) throw new Error(`${shop.name} has no programme.`);
  const published = await publishProgramme(context, {
    definition: demoProgramme(programme.definition, programme.currency, new Date()),
    basedOn: programme.version,
    note: "The programme of the demo",
  });
  if (isRefusal(published)) throw new Error(`The programme of ${shop.name} was refused: ${published.sentence}`);
  const live = await decidePhase(context, { phase: "live", from: now, testTag: null });
  if (isRefusal(live)) throw new Error(`${shop.name} could not go live: ${live.sentence}`);
}
