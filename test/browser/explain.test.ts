import { beforeAll, describe, expect, test } from "vitest";
import { type Admin, openAdmin } from "../support/admin.ts";
import { desktop, phone, useBrowser } from "../support/browser.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";
import { until } from "../support/until.ts";
import { wrongWith } from "../support/wrong-with.ts";

describe("why an order earned what it earned", () => {
  const town = useTown({ shops: { juniper: {} } });
  const browser = useBrowser();
  let juniper: TownShop;
  let admin: Admin;
  let ann: Awaited<ReturnType<TownShop["customer"]>>;

  beforeAll(async () => {
    juniper = town.shop("juniper");
    ann = await juniper.customer({ firstName: "Annabel" });
    await juniper.order(ann, { prices: [42, 20.5] });
    await town.settled();
    admin = openAdmin(town, "juniper", await browser.tab());
  });

  test("staff come from Home to any order, and judge it by the draft beside what was recorded", async () => {
    await admin.open("");
    await admin.app.getByRole("link", { name: "Explain an order" }).click();
    await admin.isAt("Explain an order");
    await admin.app.getByRole("searchbox", { name: "Order name or number" }).fill("no such order");
    await admin.app.getByRole("button", { name: "Find" }).click();
    await admin.app.getByText("This shop has no order “no such order” that Laurel has heard of.").waitFor();
    await admin.open("/explain");
    const order = admin.app.getByRole("link", { name: /^#\d+/ }).first();
    const name = (await order.textContent()) ?? "";
    await order.click();
    await admin.isAt(name);
    await admin.app.getByText("Checked: worked out once more from what was stored with it, it comes to the same.").waitFor();
    await admin.app.getByText("Both come to the same.").waitFor();
    expect(await admin.app.getByText("1 point for every $1 spent, and $62.50 counted: 62.5 points.").count()).toBe(2);

    await admin.open("/earning/every-order");
    const points = admin.app.getByRole("textbox", { name: /^Points/ });
    await until("the points are shown", async () => (await points.inputValue()) !== "");
    await points.fill("3");
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.open("/explain");
    await order.click();
    await admin.isAt(name);
    await admin.app.getByRole("combobox", { name: "Judge by" }).selectOption("draft");
    await admin.app.getByText("It would come to 187 points.").waitFor();
    await admin.app.getByRole("heading", { name: "By the draft" }).waitFor();
    await admin.app.getByText("The draft decided, rounding down, once per rule and order.").waitFor();
  });

  test.each([desktop, phone])("the page can be used by everybody, at $width pixels", async (size) => {
    const here = openAdmin(town, "juniper", await browser.tab(size));
    for (const path of ["/explain", ""]) {
      await here.open(path || "/explain");
      if (!path) {
        await here.app.getByRole("link", { name: /^#\d+/ }).first().click();
        await here.app.getByRole("combobox", { name: "Judge by" }).waitFor();
      }
      const frame = here.tab.frames().find((one) => one.url().startsWith(town.app));
      if (!frame) throw new Error("The app is not in its frame.");
      expect(await wrongWith(frame)).toEqual([]);
      expect(here.tab.wrong).toEqual([]);
    }
  });

  test("a shopper reads the same, in the shop and on the account page, without script", async () => {
    const shopper = await juniper.shopper(ann);
    const { text } = await shopper.visit("/apps/laurel");
    expect(text).toContain("<summary>Why 62 points?</summary>");
    expect(text).toContain("1 point for every $1 spent, and $62.50 counted: 62.5 points. Rounded down to 62 points.");
    expect(juniper.card(ann)?.latest).toMatchObject([{ points: 62, sentence: expect.stringMatching(/^#\d+ earned 62 points\.$/) }]);

    const tab = await browser.tab(phone, { script: false });
    await tab.goto(`${town.sandbox.storefrontUrl("juniper")}/account/login?as=${ann.id}`);
    await tab.goto(`${town.sandbox.storefrontUrl("juniper")}/products/market-tote`);
    const why = tab.getByText("Why 62 points?");
    await why.click();
    await tab.getByText(/^Shopping gave 62 points\./).waitFor();
  });

  test("an order that was returned is asked about without a number", async () => {
    const bea = await juniper.customer({ firstName: "Bea" });
    const order = await juniper.order(bea, { dollars: 30 });
    await town.settled();
    await juniper.act(order, "refund", { all: true });
    await town.settled();
    await admin.open("/members");
    await admin.app.getByRole("link", { name: "Bea Lee" }).click();
    await admin.isAt("Bea Lee");
    await admin.app.getByRole("button", { name: "Why 30 points?" }).waitFor();
    await admin.app.getByRole("button", { name: "Why?", exact: true }).click();
    expect(await admin.app.getByText("Why 0").count()).toBe(0);
  });
});
