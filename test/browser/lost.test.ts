import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Admin, openAdmin } from "../support/admin.ts";
import { useBrowser } from "../support/browser.ts";
import { addCondition } from "../support/editor-hands.ts";
import { useTown } from "../support/town.ts";

const ruleFields = [
  ["Points", "3"],
  ["For every", "1"],
] as const;

describe("a merchant whose connection is lost", () => {
  const town = useTown({ shops: { juniper: {} } });
  const browser = useBrowser();
  let admin: Admin;

  beforeAll(async () => {
    admin = openAdmin(town, "juniper", await browser.tab());
  });
  beforeEach(() => admin.open("/earning/every-order"));
  const name = () => admin.app.getByRole("textbox", { name: "Name", exact: true });

  /** Ends as the browser does who was told that something is missing: that much it may say in its console. */
  async function without(answer: (method: string) => boolean, meanwhile: () => Promise<void>, status?: number): Promise<void> {
    const { tab } = admin;
    const ours = (url: URL) => url.href.startsWith(`${town.app}/app`);
    await tab.route(ours, (route) => {
      if (!answer(route.request().method())) return route.fallback();
      return status ? route.fulfill({ status, body: "Bad gateway" }) : route.abort("internetdisconnected");
    });
    await meanwhile();
    await tab.unroute(ours);
    tab.wrong.splice(0, tab.wrong.length, ...tab.wrong.filter((one) => !one.startsWith("Failed to load resource")));
  }

  test.each([
    ["is not reached", undefined],
    ["is being deployed", 502],
  ])("keeps what was typed while Laurel %s, and saves it afterwards", async (_, status) => {
    await name().fill(`Shopping ${status}`);
    await without(
      () => true,
      async () => {
        await admin.saveBar.save.click();
        await admin.app.getByText("Laurel did not answer. What you typed is still here").waitFor();
        expect(await name().inputValue()).toBe(`Shopping ${status}`);
      },
      status,
    );
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.app.getByRole("heading", { level: 1, name: `Shopping ${status}` }).waitFor();
    expect(await admin.app.getByText("Laurel did not answer").count()).toBe(0);
  });

  test("goes on editing without proposals of the shop", async () => {
    await name().fill("Coffee");
    await without(
      () => true,
      async () => {
        await addCondition(admin, { label: "Shopify segment" });
        await admin.app.getByText("The segments could not be read from Shopify.").waitFor();
      },
    );
    expect(await name().inputValue()).toBe("Coffee");
    await admin.saveBar.discard.click();
  });

  test("is told so in a dialog, which stays open", async () => {
    await admin.app.getByRole("button", { name: "Delete rule" }).click();
    const dialog = admin.app.getByRole("dialog");
    await without(
      (method) => method === "POST",
      async () => {
        await dialog.getByRole("button", { name: "Delete rule" }).click();
        await dialog.getByRole("alert").getByText("Laurel did not answer.").waitFor();
      },
    );
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  /** Holds what is sent to a page until it is let go. */
  async function holdSaves(path: string): Promise<() => void> {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await admin.tab.route(
      (url) => url.pathname === path,
      async (route) => {
        if (route.request().method() === "POST") await held;
        await route.continue();
      },
    );
    return answer;
  }

  /** Lets the next save do its work, and loses its answer. */
  async function loseOneAnswer(): Promise<void> {
    const ours = (url: URL) => url.href.startsWith(`${town.app}/app`);
    await admin.tab.route(ours, async (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      await route.fetch();
      await route.abort("internetdisconnected");
    });
    await admin.saveBar.save.click();
    await admin.app.getByText("Laurel did not answer. What you typed is still here").waitFor();
    await admin.tab.unroute(ours);
    admin.tab.wrong.splice(0, admin.tab.wrong.length, ...admin.tab.wrong.filter((one) => !one.startsWith("Failed to load resource")));
  }
  const conflict = () => admin.app.getByText("Somebody else").count();

  test("does not lose what was typed while it was being saved", async () => {
    const answer = await holdSaves("/app/earning/every-order");
    await name().fill("First");
    await admin.saveBar.save.click();
    await name().fill("First and second");
    answer();
    await admin.toast("Saved");
    await admin.app.getByRole("heading", { level: 1, name: "First", exact: true }).waitFor();
    expect(await name().inputValue()).toBe("First and second");
    await admin.saveBar.save.click();
    await admin.app.getByRole("heading", { level: 1, name: "First and second" }).waitFor();
  });

  test.each([
    ["rule", "/earning", "New earning rule", ruleFields],
    [
      "reward",
      "/rewards",
      "New reward",
      [
        ["Amount off", "5"],
        ["Points", "100"],
      ],
    ],
    ["boost", "/boosts", "New boost", [["Multiply by", "200"]]],
  ])("goes on typing into a new %s on its own page, and saves it as one", async (what, path, title, fields) => {
    await admin.open(`${path}/new`);
    await admin.isAt(title);
    for (const [label, value] of fields) await admin.app.getByRole("textbox", { name: label }).first().fill(value);
    const answer = await holdSaves(`/app${path}/new`);
    await name().fill(`Fresh ${what}`);
    await admin.saveBar.save.click();
    await name().press("End");
    await admin.tab.keyboard.type(" and more");
    answer();
    await admin.isAt(`Fresh ${what}`);
    await admin.tab.keyboard.type(" still");
    await admin.toast("Saved");
    expect(await name().inputValue()).toBe(`Fresh ${what} and more still`);
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.isAt(`Fresh ${what} and more still`);
    await admin.saveBar.bar.waitFor({ state: "hidden" });
    await admin.open(what === "boost" ? "/campaigns" : path);
    expect(await admin.app.getByRole("link", { name: new RegExp(`^Fresh ${what}`) }).count()).toBe(1);
  });

  test("goes on typing into a new tier, which stays one tier", async () => {
    await admin.open("/tiers");
    await admin.app.getByRole("button", { name: "Add tiers" }).click();
    const answer = await holdSaves("/app/tiers");
    await name().fill("Ruby");
    await admin.saveBar.save.click();
    await name().fill("Ruby red");
    answer();
    await admin.toast("Saved");
    expect(await name().inputValue()).toBe("Ruby red");
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.saveBar.bar.waitFor({ state: "hidden" });
    const { rows } = await town.owner.query(`select level->>'id' as id, level->>'name' as name
      from program_draft, jsonb_array_elements(definition->'tiers'->'levels') as level`);
    expect(rows).toEqual([{ id: "ruby", name: "Ruby red" }]);
  });

  test("saves what is new once, though its answer was lost", async () => {
    await admin.open("/earning/new");
    await name().fill("Thrice");
    for (const [label, value] of ruleFields) await admin.app.getByRole("textbox", { name: label }).first().fill(value);
    await loseOneAnswer();
    await admin.saveBar.save.click();
    await admin.isAt("Earning");
    expect(await admin.app.getByRole("link", { name: /^Thrice/ }).count()).toBe(1);
  });

  test("is not told of somebody else when the answer to a save was lost, also after typing on", async () => {
    await name().fill("Kept");
    await loseOneAnswer();
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.isAt("Kept");
    await name().fill("Kept too");
    await loseOneAnswer();
    await name().fill("Kept three");
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.isAt("Kept three");
    await admin.saveBar.bar.waitFor({ state: "hidden" });
    expect(await conflict()).toBe(0);
  });
});
