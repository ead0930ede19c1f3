/**
 * Takes the pictures of README.md from a demo that is running:
 *
 *   npm run demo -- --fresh
 *   npx node scripts/screenshots.ts [.demo.json]
 *
 * A shopper redeems and buys along the way, so take them from a fresh demo.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FrameLocator, Page } from "playwright-core";
import { openBrowser, openTab, phone } from "../test/support/browser.ts";
import { until } from "../test/support/until.ts";
import type { Description } from "./demo/describe.ts";

const folder = fileURLToPath(new URL("../docs/images", import.meta.url));
const demo = JSON.parse(readFileSync(process.argv[2] ?? ".demo.json", "utf8")) as Description;
const [shop] = demo.shops;
if (!shop) throw new Error("The demo has no shop.");
const desk = { width: 1280, height: 800 };

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
try {
  await merchant(await openTab(browser, desk));
  await shopper(await openTab(browser, desk));
  await shopperOnTheWay(await openTab(browser, phone));
} finally {
  await browser.close();
}

async function merchant(page: Page): Promise<void> {
  const app = page.frameLocator('iframe[title="Laurel"]');
  const open = async (path: string, ready: (app: FrameLocator) => ReturnType<FrameLocator["getByRole"]>) => {
    await page.goto(`${shop?.admin}/app${path}`);
    await ready(app).waitFor();
    await page.waitForLoadState("networkidle");
  };
  await open("", () => app.getByText("Shown", { exact: true }));
  await take(page, "admin-home");
  await open("/earning/every-order", () => app.getByRole("heading", { name: "What if" }));
  await take(page, "admin-earning");
  await open("/tiers", () => app.getByRole("heading", { name: "The ladder" }));
  await take(page, "admin-tiers");
  await open("/campaigns", () => app.getByRole("heading", { name: "What runs when" }));
  await take(page, "admin-campaigns");
  await open("/templates", () => app.getByRole("heading", { name: "Coffee house" }));
  await take(page, "admin-templates");
  await open("/templates/coffee-house", () => app.getByRole("heading", { name: "Coffee house" }));
  await take(page, "admin-template");
  await tryADraft(page, app, open);
  await open("/rewards/five-off", () => app.getByRole("heading", { name: "What shoppers see" }));
  await take(page, "admin-rewards");
  await open("/members?sort=points desc", () => app.getByRole("heading", { name: "Members", level: 1 }));
  await take(page, "admin-members");

  // Somebody who has redeemed: their statement has more than one kind of movement.
  await open("", () => app.getByRole("heading", { name: "Latest movements" }));
  await app.getByRole("listitem").filter({ hasText: "off #" }).getByRole("link").first().click();
  await app.getByRole("button", { name: /^Why / }).first().click();
  await app.getByText("of the order counts.").first().waitFor();
  await take(page, "admin-member");
}

type Open = (path: string, ready: (app: FrameLocator) => ReturnType<FrameLocator["getByRole"]>) => Promise<void>;

// A draft that doubles the rate: reviewed, tried on the year, and discarded, so that the shop is as it was.
async function tryADraft(page: Page, app: FrameLocator, open: Open): Promise<void> {
  await open("/earning/every-order", () => app.getByRole("heading", { name: "What if" }));
  await app.getByLabel("Points", { exact: true }).first().fill("2");
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("1 change not live").waitFor();
  await open("/publish", () => app.getByRole("heading", { name: "Review and publish" }));
  await take(page, "admin-publish");
  await open("/backtest", () => app.getByRole("heading", { name: "Backtest", exact: true, level: 1 }));
  await app.getByRole("button", { name: "Try the draft" }).click();
  await app.getByRole("heading", { name: "In short" }).waitFor();
  await take(page, "admin-backtest");
  await app.getByRole("button", { name: "Discard…" }).first().click();
  await app
    .getByRole("dialog")
    .getByRole("button", { name: /^Discard/ })
    .click();
  await app.getByText("1 change not live").waitFor({ state: "hidden" });
}

async function shopper(page: Page): Promise<void> {
  const [best] = shop?.shoppers ?? [];
  await page.goto(`${shop?.storefront}/account/login?as=${best?.customerId}`);
  await page.goto(`${shop?.storefront}/products/market-tote`);
  await take(page, "storefront-product");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.waitForURL("**/cart");
  await page.goto(`${shop?.storefront}/pages/rewards`);
  await take(page, "storefront-rewards");
  await page.getByRole("button", { name: /^Redeem Thank you / }).click();
  await page.waitForURL("**/cart");
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByText("−$5.00").first().waitFor();
  await take(page, "checkout");
}

/** Somebody who has not enough for every reward, and a code that waits. */
async function shopperOnTheWay(page: Page): Promise<void> {
  const other = shop?.shoppers.at(-1);
  const rewards = `${shop?.storefront}/pages/rewards`;
  await page.goto(`${shop?.storefront}/account/login?as=${other?.customerId}`);
  await page.goto(rewards);
  await page.getByRole("button", { name: /^Redeem Small thanks / }).click();
  await page.waitForURL("**/cart");
  await until("the code is on the page", async () => {
    await page.goto(rewards);
    return page.getByRole("link", { name: /^Use now/ }).isVisible();
  });
  await take(page, "storefront-phone");
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
