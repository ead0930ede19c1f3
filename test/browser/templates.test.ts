import { beforeAll, describe, expect, test } from "vitest";
import { type Admin, openAdmin } from "../support/admin.ts";
import { useBrowser } from "../support/browser.ts";
import { useTown } from "../support/town.ts";

describe("a template", () => {
  const town = useTown({ shops: { juniper: {} } });
  const browser = useBrowser();
  let admin: Admin;

  beforeAll(async () => {
    admin = openAdmin(town, "juniper", await browser.tab());
  });

  const cards = () => admin.app.getByRole("link").getByRole("heading", { level: 2 }).allTextContents();
  const rules = () => admin.app.getByRole("heading", { level: 2 }).allTextContents();

  test("is offered while the programme is being set up", async () => {
    await admin.open();
    await admin.app.getByRole("button", { name: "Change" }).click();
    const dialog = admin.app.getByRole("dialog");
    await dialog.getByText("Paused", { exact: true }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await admin.app.getByRole("link", { name: "Begin with a template" }).click();
    await admin.isAt("Templates");
  });

  test("is chosen by what it should do", async () => {
    await admin.open("/templates");
    expect(await cards()).toHaveLength(10);
    await admin.app.getByRole("button", { name: "Win new members" }).click();
    await admin.app.getByText("2 templates").waitFor();
    expect(await cards()).toEqual(["Simple points", "Punch card"]);
  });

  test("shows how it behaves, in the shop's own money", async () => {
    await admin.app.getByRole("link", { name: "Punch card", exact: true }).click();
    await admin.isAt("Punch card");
    await admin.app.getByText("Buys 4 × Espresso ($3).").waitFor();
    await admin.app
      .getByText(/9 stamps become “The tenth is free”, good until/)
      .first()
      .waitFor();
  });

  test("says what it would replace, and can be left alone", async () => {
    await admin.app.getByRole("button", { name: "Use this template" }).click();
    const dialog = admin.app.getByRole("dialog");
    await dialog.getByText(/everything in your draft: 1 earning rule and 1 reward\./).waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "hidden" });
    await admin.open("/earning");
    expect(await rules()).toEqual(["Shopping"]);
  });

  test("goes into the draft, and comes out of it with one click", async () => {
    await admin.open("/templates/punch-card");
    await admin.app.getByRole("button", { name: "Use this template" }).click();
    await admin.app.getByRole("dialog").getByRole("button", { name: "Use this template" }).click();
    await admin.isAt("Earning");
    await admin.app.getByRole("link", { name: /^A full card/ }).waitFor();
    expect(await rules()).toEqual(["Coffee", "To begin with", "A full card"]);
    await admin.app
      .getByRole("region", { name: "Draft" })
      .getByText(/changes not live/)
      .waitFor();

    const toast = admin.tab.locator(".toast").filter({ hasText: "Punch card is in your draft" });
    await toast.getByRole("button", { name: "Undo" }).click();
    await admin.app.getByRole("link", { name: /^Shopping/ }).waitFor();
    expect(await rules()).toEqual(["Shopping"]);
  });
});
