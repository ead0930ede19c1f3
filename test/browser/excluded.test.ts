import { beforeAll, describe, expect, test } from "vitest";
import { type Admin, openAdmin } from "../support/admin.ts";
import { phone, useBrowser } from "../support/browser.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";
import { wrongWith } from "../support/wrong-with.ts";

// One setting's way from its pickers to an order's page, in its order.
describe("what earns nothing", () => {
  const town = useTown({ shops: { juniper: {} } });
  const browser = useBrowser();
  let juniper: TownShop;
  let admin: Admin;
  let bought: string;
  let kept: string;

  beforeAll(async () => {
    juniper = town.shop("juniper");
    admin = openAdmin(town, "juniper", await browser.tab());
    await admin.open("/settings");
  });

  async function pick(what: "products" | "collections"): Promise<string> {
    await admin.app.getByRole("button", { name: `Choose ${what}` }).click();
    const picker = admin.tab.getByRole("dialog", { name: `Select ${what}` });
    const first = picker.getByRole("listitem").first();
    const title = (await first.locator(".name").textContent()) ?? "";
    await first.click();
    await picker.getByRole("button", { name: "Select" }).click();
    await admin.app.getByRole("button", { name: `Remove ${title}` }).waitFor();
    return title;
  }

  test("is chosen in the shop's own pickers, by collection and by tag", async () => {
    bought = await pick("products");
    kept = await pick("collections");
    const tags = admin.app.getByRole("combobox", { name: "Product tags that earn nothing" });
    await tags.fill("clearance");
    await tags.press("Enter");
    await admin.app.getByRole("button", { name: "Remove clearance" }).waitFor();
    await admin.saveBar.save.click();
    await admin.toast("Settings saved");
    await admin.open("/settings");
    for (const name of [bought, kept, "clearance"]) await admin.app.getByRole("button", { name: `Remove ${name}` }).waitFor();
  });

  test("is read in the review in words, and published", async () => {
    const { app } = admin;
    await app.getByRole("button", { name: "Review and publish" }).click();
    await admin.isAt("Review and publish");
    await app.getByText("Products that earn nothing").waitFor();
    const said = (await app.locator(".laurel-changes").innerText()).replaceAll(/\s+/g, " ");
    for (const name of [bought, kept, "clearance"]) expect(said).toContain(`none → , After: ${name}`);
    await app.getByRole("textbox", { name: "Why" }).fill("Totes are gifts");
    await app.getByRole("button", { name: "Publish", exact: true }).click();
    await admin.toast("Version 2 published");
  });

  test("is told on an order's page", async () => {
    const ann = await juniper.customer({ firstName: "Annabel" });
    // Shopify dates orders by whole seconds: this one is placed after what was published.
    await town.clock({ advance: "PT2S" });
    await juniper.order(ann, { dollars: 42 });
    await town.settled();
    // It moved no points, so it is not among those that did last.
    await admin.open("/explain?q=1001");
    await admin.app.getByRole("link", { name: "#1001" }).click();
    await admin.isAt("#1001");
    await admin.app.getByText(`${bought} (excluded product)`).first().waitFor();
  });

  test("fits a telephone", async () => {
    const tab = await browser.tab(phone);
    const here = openAdmin(town, "juniper", tab);
    await here.open("/settings");
    const section = here.app.getByText("Product tags that earn nothing").first();
    await section.scrollIntoViewIfNeeded();
    expect(await wrongWith(tab.frames().find((frame) => frame.url().startsWith(town.app)) ?? tab.mainFrame())).toEqual([]);
  });
});
