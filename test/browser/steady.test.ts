import type { Frame } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Admin, openAdmin } from "../support/admin.ts";
import { phone, type Tab, useBrowser } from "../support/browser.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";

type Counted = { shifts: number[] };

// Built for Shopify asks for a cumulative layout shift of 0.1 at most.
describe("on a telephone", () => {
  const town = useTown({ shops: { juniper: {} } });
  const browser = useBrowser();
  let juniper: TownShop;
  let tab: Tab;
  let admin: Admin;

  beforeAll(async () => {
    juniper = town.shop("juniper");
    const ann = await juniper.customer({ firstName: "Ann" });
    for (const dollars of [20, 30, 40]) await juniper.order(ann, { dollars });
    await town.settled();
    tab = await browser.tab(phone);
    await tab.addInitScript(countShifts);
    admin = openAdmin(town, "juniper", tab);
  });
  const frame = (): Frame => tab.frames().find((one) => one.url().startsWith(town.app)) ?? tab.mainFrame();
  const begin = () => frame().evaluate(() => (window as unknown as Counted).shifts.splice(0));
  const shifted = async () => {
    await frame().evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const shifts = await frame().evaluate(() => (window as unknown as Counted).shifts);
    return shifts.reduce((sum, one) => sum + one, 0);
  };

  test("what is said of somebody else's edit moves nothing that is read", async () => {
    await admin.open("/earning/every-order");
    const name = admin.app.getByRole("textbox", { name: "Name", exact: true });
    const other = openAdmin(town, "juniper", await browser.tab());
    await other.open("/earning/every-order");
    await other.app.getByRole("textbox", { name: "Name", exact: true }).fill("Theirs");
    await other.saveBar.save.click();
    await other.toast("Saved");
    await name.fill("Mine");
    await begin();
    await admin.saveBar.save.click();
    await admin.app.getByText("Somebody else changed this meanwhile").waitFor();
    expect(await shifted()).toBeLessThanOrEqual(0.1);
    const banner = admin.app.getByText("Somebody else changed this meanwhile");
    expect(await banner.evaluate((it) => it.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
    await admin.app.getByRole("button", { name: "Save mine on top" }).click();
    await admin.toast("Saved");
  });

  test("a backtest that was cancelled is run again, and turns into its report without a jump", async () => {
    const { app } = admin;
    await town.worker.stop();
    await admin.open("/backtest");
    await app.getByRole("button", { name: "Try the draft" }).click();
    await app.getByText("Waiting").first().waitFor();
    await app.getByRole("button", { name: "Cancel" }).click();
    await app.getByText("It was cancelled before it was through.").waitFor();
    const cancelled = frame().url();
    await app.getByRole("button", { name: "Run it again" }).click();
    await app.getByRole("button", { name: "Cancel" }).waitFor();
    expect(new URL(frame().url()).pathname).not.toBe(new URL(cancelled).pathname);

    await begin();
    await town.startWorker();
    await app.getByRole("heading", { name: "In short" }).waitFor();
    expect(await shifted()).toBeLessThanOrEqual(0.1);
  });
});

// Runs in the page, before anything is drawn.
function countShifts(): void {
  const shifts: number[] = [];
  Object.assign(window, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) shifts.push(entry.value);
  }).observe({ type: "layout-shift", buffered: true });
}
