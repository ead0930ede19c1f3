import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Admin, openAdmin } from "../support/admin.ts";
import { useBrowser } from "../support/browser.ts";
import { addCondition } from "../support/editor-hands.ts";
import { useTown } from "../support/town.ts";

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

  test("does not lose what was typed while it was being saved", async () => {
    const { tab } = admin;
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await tab.route(
      (url) => url.pathname === "/app/earning/every-order",
      async (route) => {
        if (route.request().method() === "POST") await held;
        await route.continue();
      },
    );
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
});
