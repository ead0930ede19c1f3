import type { Locator } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Admin, errorOf, openAdmin } from "../support/admin.ts";
import { desktop, phone, useBrowser } from "../support/browser.ts";
import { press, typeInto } from "../support/keyboard.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";
import { until } from "../support/until.ts";
import { wrongWith } from "../support/wrong-with.ts";

// One draft's way into force and back, in its order: each test goes on where the one before it ended.
describe("what a merchant changes", () => {
  const town = useTown({ shops: { juniper: {} } });
  const browser = useBrowser();
  let juniper: TownShop;
  let admin: Admin;

  beforeAll(async () => {
    juniper = town.shop("juniper");
    admin = openAdmin(town, "juniper", await browser.tab());
  });

  const button = (name: string): Locator => admin.app.getByRole("button", { name, exact: true });
  const field = (name: string): Locator => admin.app.getByRole("textbox", { name: new RegExp(`^${name}( |$)`) });
  const bar = (): Locator => admin.app.getByRole("region", { name: "Draft" });
  const toastAct = (text: string, act: string) => admin.tab.locator(".toast").filter({ hasText: text }).getByRole("button", { name: act });
  const costInForce = async () => {
    const { programId } = await juniper.place();
    const { rows } = await town.owner.query(
      `select version, note, definition->'rewards'->0->>'points' as points from program_version
       where program_id = $1 and effective_from <= now() order by version desc limit 1`,
      [programId],
    );
    return rows[0];
  };
  const openReward = async () => {
    await admin.open("/rewards/five-off");
    await until("the cost is shown", async () => (await field("Costs").inputValue()) !== "");
  };

  test("is kept in the draft, which every page speaks of at once, and is not live", async () => {
    await openReward();
    expect(await bar().textContent()).toBe("");
    await field("Costs").fill("600");
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await bar().getByText("1 change not live").waitFor();
    await admin.go("Members");
    await admin.isAt("Members");
    await bar().getByText("1 change not live").waitFor();
    expect(await costInForce()).toMatchObject({ version: 1, points: "500" });
  });

  test("can be deleted and brought back with one click", async () => {
    await admin.open("/rewards/five-off");
    await button("Delete reward").click();
    await admin.app.getByRole("dialog").getByRole("button", { name: "Delete reward" }).click();
    await admin.isAt("Rewards");
    await admin.app.getByRole("link", { name: /^Thank you/ }).waitFor({ state: "hidden" });
    await toastAct("Reward deleted", "Undo").click();
    await admin.app.getByRole("link", { name: /^Thank you/ }).waitFor();
    await admin.toast("Undone");
    await admin.app.getByText("600 points").waitFor();
  });

  test("and is not saved yet is asked about before the review", async () => {
    await openReward();
    await field("Name").fill("Our thanks");
    await bar().getByRole("button", { name: "Review and publish" }).click();
    const asked = admin.tab.getByRole("dialog", { name: "Leave page with unsaved changes?" });
    await asked.getByRole("button", { name: "Cancel" }).click();
    expect(await field("Name").inputValue()).toBe("Our thanks");
    await admin.saveBar.save.click();
    await admin.toast("Saved");
  });

  test("is reviewed in words and published with a reason, by the keyboard alone", async () => {
    await press(bar().getByRole("button", { name: "Review and publish" }));
    await admin.isAt("Review and publish");
    await admin.app.getByText("Costs:").waitFor();
    const changes = await admin.app.getByRole("listitem").filter({ hasText: "Our thanks" }).textContent();
    expect(changes).toContain("500");
    expect(changes).toContain("600");
    await press(button("Publish"));
    await until("the error is shown", () => errorOf(field("Why")));
    expect(await errorOf(field("Why"))).toBe("Say why, so that others can follow later.");
    await typeInto(field("Why"), "Fewer gifts");
    await press(button("Publish"));
    await admin.toast("Version 2 published");
    await admin.isAt("Versions and phases");
    await admin.app.getByText("Fewer gifts").waitFor();
    expect(await bar().textContent()).toBe("");
    expect(await costInForce()).toMatchObject({ version: 2, points: "600", note: "Fewer gifts" });
  });

  test("can be discarded as a whole, after a question, and be had back", async () => {
    await openReward();
    await field("Costs").fill("900");
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await bar().getByRole("button", { name: "Discard…" }).click();
    const dialog = admin.app.getByRole("dialog", { name: "Discard the draft?" });
    await dialog.getByRole("button", { name: "Discard draft" }).click();
    await admin.app.getByText("Nothing to publish").waitFor();
    await toastAct("Draft discarded", "Undo").click();
    await admin.app.getByText("Costs:").waitFor();
    await admin.toast("Undone");
    expect(await admin.app.getByRole("dialog").count()).toBe(0);
  });

  test("can be published for a day to come, and be called off before it", async () => {
    await admin.open("/publish");
    await field("Why").fill("For the new year");
    await admin.app.getByText("On a day", { exact: true }).click();
    await admin.app.getByRole("textbox", { name: "Day", exact: true }).fill("2091-01-01");
    await button("Publish").click();
    await admin.toast("Version 3 takes effect Jan 1, 2091");
    await admin.app.getByText("Planned", { exact: true }).waitFor();
    expect(await costInForce()).toMatchObject({ version: 2 });

    await button("Call off: Version 3").click();
    const dialog = admin.app.getByRole("dialog", { name: "Call version 3 off?" });
    await dialog.getByRole("textbox", { name: "Why" }).fill("Not this year");
    await dialog.getByRole("button", { name: "Call off" }).click();
    await admin.toast("Version 4 takes effect");
    await admin.app.getByText("Never in force", { exact: true }).waitFor();
  });

  test("is compared between any two versions, and read whole", async () => {
    await admin.app.getByRole("link", { name: "See changes: Version 2", exact: true }).click();
    await admin.isAt("What differs");
    await admin.app.getByText("“Thank you”").waitFor();
    await admin.app.getByLabel("To").selectOption("1");
    await admin.app.getByText("These two say the same.").waitFor();
    await admin.open("/versions/2");
    await admin.isAt("Version 2");
    await admin.app.getByText("$5 off for 600 points").waitFor();
  });

  test("is taken back by publishing the old version again", async () => {
    await admin.open("/settings/history");
    await button("Publish again: Version 1").click();
    const dialog = admin.app.getByRole("dialog", { name: "Publish version 1 again?" });
    await dialog.getByRole("button", { name: "Publish again" }).click();
    await dialog.getByText("Say why, so that others can follow later.").waitFor();
    await dialog.getByRole("textbox", { name: "Why" }).fill("Back to the old terms");
    await dialog.getByRole("button", { name: "Publish again" }).click();
    await admin.toast("Version 5 published");
    await admin.app.getByText("Version 1 again").waitFor();
    await admin.app.getByText("Back to the old terms").waitFor();
  });

  test.each([
    ["telephone", phone],
    ["desk", desktop],
  ])("is shown on pages that fit and that everybody can use, at a %s", async (_, viewport) => {
    const small = openAdmin(town, "juniper", await browser.tab(viewport));
    for (const path of ["/publish", "/settings/history", "/versions/compare?from=1&to=2", "/versions/2", "/rewards/five-off"]) {
      await small.open(path);
      const frame = small.tab.frames().find((one) => one.url().startsWith(town.app)) ?? small.tab.mainFrame();
      expect({ path, wrong: await wrongWith(frame) }).toEqual({ path, wrong: [] });
    }
  });

  test("is met by somebody else's edit of the same reward: both are shown, none is lost", async () => {
    const colleague = openAdmin(town, "juniper", await browser.tab(phone));
    await openReward();
    await field("Costs").fill("750");
    await colleague.open("/rewards/five-off");
    await colleague.app.getByRole("textbox", { name: /^Costs/ }).fill("800");
    await colleague.saveBar.save.click();
    await colleague.toast("Saved");
    await admin.saveBar.save.click();
    await admin.app.getByText("Somebody else changed this meanwhile").waitFor();
    await admin.app.getByText(/Costs: 500 → 800/).waitFor();
    expect(await field("Costs").inputValue()).toBe("750");
    await button("Save mine on top").click();
    await admin.toast("Saved");
    await bar().getByText("1 change not live").waitFor();
  });
});
