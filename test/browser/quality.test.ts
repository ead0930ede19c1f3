import type { Frame } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Admin, openAdmin } from "../support/admin.ts";
import { desktop, phone, type Tab, useBrowser } from "../support/browser.ts";
import { press, reach } from "../support/keyboard.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";
import { until } from "../support/until.ts";
import { wrongWith } from "../support/wrong-with.ts";

const adminPages = {
  home: "",
  earning: "/earning",
  "what rules cost": "/earning/costs",
  "explaining an order": "/explain",
  tasks: "/tasks",
  backtests: "/backtest",
  "an earning rule": "/earning/every-order",
  "a new earning rule": "/earning/new",
  rewards: "/rewards",
  "a reward": "/rewards/five-off",
  "a new reward": "/rewards/new",
  templates: "/templates",
  "a template": "/templates/department-store",
  members: "/members",
  "a search that finds nobody": "/members?search=nobody",
  settings: "/settings",
  "versions and phases": "/settings/history",
  "privacy requests": "/settings/privacy",
  imports: "/settings/imports",
};

const shopPages = {
  "a product": "/products/market-tote",
  cart: "/cart",
  rewards: "/pages/rewards",
  "rewards in French": "/pages/rewards?locale=fr",
  checkout: "/checkout",
  account: "/account",
  statement: "/apps/laurel",
  "the page that asks before redeeming": "/apps/laurel/redeem?reward=five-off&return=/cart",
};

describe("every page", () => {
  const town = useTown({ shops: { juniper: {}, bare: {} } });
  const browser = useBrowser();
  let juniper: TownShop;
  let ann: Awaited<ReturnType<TownShop["customer"]>>;
  let shop: string;

  beforeAll(async () => {
    juniper = town.shop("juniper");
    shop = town.sandbox.storefrontUrl("juniper");
    ann = await juniper.customer({ email: "annabel.lee-with-a-long-name@a-long-domain.example" });
    await juniper.order(ann, { prices: [812.4, 20] });
    await town.settled();
    const shopper = await juniper.shopper(ann);
    await shopper.redeem();
    await town.settled();
    await until("the card has the code", () => (juniper.card(ann)?.codes as unknown[] | undefined)?.length === 1);
  });

  const frameOf = (tab: Tab): Frame => tab.frames().find((frame) => frame.url().startsWith(town.app)) ?? tab.mainFrame();

  describe.each([
    ["telephone", phone],
    ["desk", desktop],
  ])("of the admin at a %s is accessible and fits", (_, viewport) => {
    let admin: Admin;
    beforeAll(async () => {
      admin = openAdmin(town, "juniper", await browser.tab(viewport));
    });
    const check = async () => expect(await wrongWith(frameOf(admin.tab))).toEqual([]);

    test.each(Object.entries(adminPages))("%s", async (_name, path) => {
      await admin.open(path);
      await check();
    });

    test("a member, with a reason and a dialog open", async () => {
      await admin.open("/members");
      await admin.app.getByRole("link", { name: "Ann Lee" }).click();
      await admin.isAt("Ann Lee");
      await admin.app.getByRole("button", { name: /^Why 8\d\d points/ }).click();
      await check();
      await admin.app.getByRole("button", { name: "Adjust points" }).click();
      await admin.app.getByRole("dialog").getByRole("button", { name: "Adjust" }).click();
      await admin.app.getByText("Enter a whole number of 1 or more.").waitFor();
      await check();
    });

    test("a form with errors and the dialog of the programme", async () => {
      await admin.open("/earning/new");
      await admin.saveBar.save.click();
      await admin.app.getByText("Fill this in.").waitFor();
      await check();
      // The admin around the app, with its save bar.
      expect(await wrongWith(admin.tab)).toEqual([]);
      await admin.saveBar.discard.click();
      await admin.open();
      await admin.app.getByRole("button", { name: "Change" }).click();
      await admin.app.getByRole("dialog").getByText("Testing", { exact: true }).click();
      await admin.app.getByRole("textbox", { name: "Customer tag" }).waitFor();
      await check();
    });

    test("a rule whose name is one long word", async () => {
      await admin.open("/earning/every-order");
      const name = `Geburtstagsgeschenkgutscheinaktionspunkte${viewport.width}`;
      await admin.app.getByRole("textbox", { name: "Name", exact: true }).fill(name);
      await admin.saveBar.save.click();
      await admin.app.getByRole("heading", { level: 1, name }).waitFor();
      await check();
    });

    test("an import with its problems", async () => {
      await admin.open("/settings/imports");
      const buffer = Buffer.from("email,points\nann@example.com,5\nno mail,1");
      await admin.app.locator("input[type=file]").setInputFiles({ name: "balances.csv", mimeType: "text/csv", buffer });
      await admin.app.getByRole("button", { name: "Check file" }).click();
      await admin.isAt("balances.csv");
      await check();
    });

    test("a shop where nobody has bought yet", async () => {
      const bare = openAdmin(town, "bare", admin.tab);
      for (const path of ["", "/members"]) {
        await bare.open(path);
        await check();
      }
    });
  });

  describe.each([
    ["telephone", phone],
    ["desk", desktop],
  ])("of the shop at a %s is accessible, fits and does not shift", (_, viewport) => {
    for (const who of ["somebody unknown", "a member"]) {
      test.each(Object.entries(shopPages))(`${who}: %s`, async (_name, path) => {
        const page = await browser.tab(viewport);
        await page.addInitScript(countShifts);
        if (who === "a member") await page.goto(`${shop}/account/login?as=${ann.id}`);
        await page.request.post(`${shop}/cart/add`, { form: { id: juniper.variant(), quantity: "1" } });
        // The styles of the blocks come late, when the page around them has been painted.
        await page.route("**/laurel.css", async (route) => {
          await page.waitForFunction(() => performance.getEntriesByName("first-paint").length > 0, undefined, { polling: 20 });
          await route.continue();
        });
        await page.goto(shop + path);
        expect(await wrongWith(page)).toEqual([]);
        expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
        await page.context().close();
      });
    }
  });

  test("of the admin has its main action within reach of the keyboard", async () => {
    const admin = openAdmin(town, "juniper", await browser.tab());
    const { app } = admin;
    const main = {
      "": app.getByRole("button", { name: "Change" }),
      "/earning": app.getByRole("link", { name: "Add rule" }),
      "/rewards": app.getByRole("link", { name: "Add reward" }),
      "/members": app.getByRole("searchbox", { name: "Search members" }),
      "/settings": app.getByRole("link", { name: "Imports" }),
      "/settings/imports": app.getByRole("button", { name: "Check file" }),
      "/earning/every-order": app.getByRole("button", { name: "Delete rule" }),
    };
    for (const [path, action] of Object.entries(main)) {
      await admin.open(path);
      await reach(action);
    }
    await admin.open("/members");
    await press(app.getByRole("link", { name: "Ann Lee" }));
    await admin.isAt("Ann Lee");
    await press(app.getByRole("button", { name: "Adjust points" }));
    const dialog = app.getByRole("dialog", { name: "Adjust points" });
    await reach(dialog.getByRole("button", { name: "Cancel" }));
    await admin.tab.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    // Whoever leaves a dialog is where they were.
    expect(await app.getByRole("button", { name: "Adjust points" }).evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true);
  });

  test("of the shop lets a reward be redeemed with the keyboard alone", async () => {
    const bea = await juniper.customer();
    await juniper.order(bea, { dollars: 500 });
    await town.settled();
    await until("the card is published", () => juniper.card(bea)?.points === 500);
    const page = await browser.tab();
    await page.goto(`${shop}/account/login?as=${bea.id}`);
    await page.goto(`${shop}/pages/rewards`);
    await press(page.getByRole("button", { name: "Redeem Thank you for 500 points" }));
    await page.waitForURL("**/cart");
    expect(await juniper.redemptions(bea)).toMatchObject([{ state: "issued" }]);
  });
});

// Runs in the page, before anything is drawn.
function countShifts(): void {
  const shifts: string[] = [];
  Object.assign(window, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources?: { node?: Node }[] })[])
      shifts.push(
        `${entry.value} ${entry.sources?.map(({ node }) => (node as Element | undefined)?.className ?? node?.nodeName).join(", ")}`,
      );
  }).observe({ type: "layout-shift", buffered: true });
}
