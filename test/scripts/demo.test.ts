import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { control, until } from "../../scripts/demo/ask.ts";
import { removePostgres } from "../../scripts/embedded-postgres.ts";
import { type RunningDemo, runDemo } from "../support/run-demo.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(join("/var/tmp", "laurel-demo-"));
const files = mkdtempSync(join(tmpdir(), "laurel-deliver-"));
let demo: RunningDemo;

beforeAll(async () => {
  demo = await runDemo({ directory, orders: 30 });
});
afterAll(async () => {
  await demo?.stop();
  await removePostgres(join(directory, "data", "postgres"));
  for (const folder of [directory, files]) rmSync(folder, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function asked<T extends object>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: demo.description.database });
  await client.connect();
  const { rows } = await client.query<T>(sql);
  await client.end();
  return rows;
}

const movements = async () => (await asked<{ count: number }>("select count(*)::int from posting"))[0]?.count ?? 0;

test("the demo has a year of settled orders in two shops of two apps, and says where to click", async () => {
  const { shops } = demo.description;
  expect(shops.map((shop) => shop.domain)).toEqual(["laurel-demo.myshopify.com", "laurel-second.myshopify.com"]);
  expect(new Set(shops.map((shop) => shop.apiKey)).size).toBe(2);
  for (const shop of shops) expect(demo.said()).toContain(shop.admin);
  expect(demo.said()).toContain(shops[0]?.shoppers[0]?.email ?? "nobody");

  const earned = await asked<{ shops: number; days: number }>(
    `select count(distinct shop_id)::int as shops, extract(day from now() - min(occurred_at))::int as days from transaction where kind = 'order'`,
  );
  expect(earned[0]?.shops).toBe(2);
  expect(earned[0]?.days).toBeGreaterThan(90);
  expect(await asked("select state, reason from inbox where state <> 'done'")).toEqual([]);
});

test("web and worker say that they are alive, ready and what they have done", async () => {
  for (const url of [demo.description.app, demo.description.worker]) {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ ready: true, reasons: [], migrations: "current", inbox: { failed: 0 } });
  }
  const received = /laurel_webhooks_total\{outcome="received"\} (\d+)/.exec(await (await fetch(demo.description.metrics)).text());
  expect(Number(received?.[1])).toBeGreaterThan(50);
  const settled = /laurel_orders_settled_total (\d+)/.exec(await (await fetch(demo.description.workerMetrics)).text());
  expect(Number(settled?.[1])).toBeGreaterThan(30);
});

test("metrics are not for those who come through a proxy", async () => {
  const response = await fetch(demo.description.metrics, { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(response.status).toBe(401);
});

test("a saved body that is delivered twice moves points once", async () => {
  const body = {
    id: 5001,
    admin_graphql_api_id: "gid://shopify/Order/5001",
    name: "#5001",
    created_at: new Date().toISOString(),
    updated_at: new Date().toISOString(),
    currency: "USD",
    financial_status: "paid",
    test: false,
    taxes_included: false,
    source_name: "web",
    customer: { id: 42, admin_graphql_api_id: "gid://shopify/Customer/42", email: "saved@example.com" },
    line_items: [
      {
        id: 1,
        admin_graphql_api_id: "gid://shopify/LineItem/1",
        title: "Bowl",
        price: "37.50",
        quantity: 1,
        current_quantity: 1,
        gift_card: false,
        discount_allocations: [],
        tax_lines: [],
      },
    ],
    discount_codes: [],
    discount_applications: [],
    refunds: [],
    shipping_lines: [],
  };
  const file = join(files, "saved.json");
  writeFileSync(file, JSON.stringify(body));
  const { app, shopDomain, apiSecret } = demo.description;
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(root, "scripts/deliver.ts"),
    ...["--topic", "orders/paid", "--again", "1", "--url", app, "--shop", shopDomain, "--secret", apiSecret, file],
  ]);
  expect(stdout).toContain("2 of 2 deliveries were accepted");
  const earned = () =>
    asked<{ amount: string }>(
      "select p.amount from posting p join transaction t using (program_id, transaction_id) where t.order_gid = 'gid://shopify/Order/5001'",
    );
  await until("the order is settled", async () => (await earned()).length > 0, 20_000);
  expect(await earned()).toEqual([{ amount: "37" }]);
});

test("a delivery with a wrong secret is refused, and the command says so by its exit code", async () => {
  const file = join(files, "forged.json");
  writeFileSync(file, "{}");
  const forged = promisify(execFile)(process.execPath, [
    join(root, "scripts/deliver.ts"),
    ...["--topic", "orders/paid", "--url", demo.description.app, "--shop", demo.description.shopDomain, "--secret", "wrong", file],
  ]);
  await expect(forged).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("401  orders/paid") });
});

test("a worker that is killed comes back and goes on where it was", async () => {
  const before = demo.description.pids.worker;
  process.kill(before, "SIGKILL");
  await until("another worker is there", async () => demo.description.pids.worker !== before, 20_000);

  const [shop] = demo.description.shops;
  const counted = await movements();
  const products = await control<{ giftCard: boolean; variants: { id: string }[] }[]>(
    demo.description.sandbox,
    `/${shop?.handle}/products`,
  );
  const variant = products.find((one) => !one.giftCard)?.variants[0]?.id;
  await control(demo.description.sandbox, `/${shop?.handle}/orders`, {
    customer: shop?.shoppers[0]?.customerId,
    lines: [{ variant, quantity: 1 }],
  });
  await until("the order is settled", async () => (await movements()) > counted, 30_000);
});

test("being asked to end, the demo ends everything it started, and finds its data when it starts again", async () => {
  const { web, worker, sandbox, postgres } = demo.description.pids;
  const counted = await movements();
  expect(await demo.stop("SIGINT")).toBe(0);
  expect([web, worker, sandbox, postgres ?? 0].filter(isAlive)).toEqual([]);

  demo = await runDemo({ directory, orders: 30 });
  expect(demo.said()).toContain("The data of the last time is there");
  expect(await movements()).toBe(counted);
});

test("when the sandbox dies, the demo says so and stops the rest", async () => {
  const { web, worker, sandbox, postgres } = demo.description.pids;
  process.kill(sandbox, "SIGKILL");
  await until("the demo has ended", async () => ![web, worker, postgres ?? 0].some(isAlive), 30_000);
  expect(await demo.stop()).toBe(1);
  expect(demo.said()).toContain("The sandbox process was ended by SIGKILL");
});
