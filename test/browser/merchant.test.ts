import type { Locator } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Admin, errorOf, openAdmin } from "../support/admin.ts";
import { phone, useBrowser } from "../support/browser.ts";
import { press, typeInto } from "../support/keyboard.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";
import { until } from "../support/until.ts";

// One merchant's first days, in their order: each test goes on where the one before it ended.
describe("a merchant in the admin", () => {
  const town = useTown({ shops: { juniper: {} } });
  const browser = useBrowser();
  let juniper: TownShop;
  let admin: Admin;
  let ann: Awaited<ReturnType<TownShop["customer"]>>;

  beforeAll(async () => {
    juniper = town.shop("juniper");
    await withoutRules(juniper);
    admin = openAdmin(town, "juniper", await browser.tab());
  });

  // The name of a field may end with what it is counted in, such as points or USD.
  const field = (name: string): Locator => admin.app.getByRole("textbox", { name: new RegExp(`^${name}( |$)`) });
  const button = (name: string): Locator => admin.app.getByRole("button", { name, exact: true });
  const holds = async (name: string, value: string) => until(`${name} is ${value}`, async () => (await field(name).inputValue()) === value);

  test("sets 1 point per $1 with the keyboard alone, and saves it in the save bar", async () => {
    await admin.open("/earning");
    await press(admin.app.getByRole("link", { name: "Add rule" }).first());
    await admin.isAt("New earning rule");
    await typeInto(field("Name"), "Shopping");
    await typeInto(field("Points"), "1");
    await typeInto(field("For every"), "1");
    await admin.app.getByText("An order of $50 earns 50 points.").waitFor();
    await press(admin.saveBar.save, "Shift+Tab");
    await admin.toast("Saved");
    await admin.isAt("Earning");
    await admin.app.getByRole("link", { name: /^Shopping .*Active 1 point for every \$1 spent$/ }).waitFor();
    expect(await admin.saveBar.bar.isVisible()).toBe(false);
  });

  test("sets $5 off for 500 points with the keyboard alone", async () => {
    await admin.open("/rewards");
    await press(admin.app.getByRole("link", { name: "Add reward" }).first());
    await admin.isAt("New reward");
    await typeInto(field("Name"), "Thank you");
    await typeInto(field("Costs"), "500");
    await typeInto(field("Amount off"), "5");
    await admin.app.getByText("500 points for $5").waitFor();
    await press(admin.saveBar.save, "Shift+Tab");
    await admin.isAt("Rewards");
    await admin.app.getByRole("link", { name: /^Thank you .*Active \$5 off 500 points$/ }).waitFor();
  });

  test("is told of a bad number beside its field, and can discard it", async () => {
    await admin.open("/earning");
    await admin.app.getByRole("link", { name: /^Shopping/ }).click();
    await admin.isAt("Shopping");
    await field("Points").fill("one and a half");
    await field("For every").fill("0");
    expect(await errorOf(field("Points"))).toBe("");
    await admin.saveBar.save.click();
    await until("the errors are shown", () => errorOf(field("Points")));
    expect(await errorOf(field("Points"))).toBe("Enter a whole number.");
    expect(await errorOf(field("For every"))).toBe("Enter an amount above zero.");
    expect(await field("Points").evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);

    await admin.saveBar.discard.click();
    await holds("Points", "1");
    await admin.saveBar.bar.waitFor({ state: "hidden" });
    expect(await errorOf(field("Points"))).toBe("");
  });

  test("does not leave a page with unsaved changes by mistake", async () => {
    await field("Points").fill("2");
    await admin.saveBar.bar.waitFor();
    await admin.go("Rewards");
    await admin.tab.locator(".save-bar.is-shaking").waitFor();
    await holds("Points", "2");

    const asked = admin.tab.getByRole("dialog", { name: "Leave page with unsaved changes?" });
    await button("Back").click();
    await asked.getByRole("button", { name: "Cancel" }).click();
    await holds("Points", "2");
    // The browser's own way back is asked about as well.
    for (const answer of ["Cancel", "Cancel"]) {
      await admin.tab.goBack();
      await asked.getByRole("button", { name: answer }).click();
      await holds("Points", "2");
    }
    await button("Back").click();
    await asked.getByRole("button", { name: "Leave page" }).click();
    await admin.isAt("Earning");
    await admin.app.getByText("1 point for every $1 spent").waitFor();

    // And so is a link within the page.
    await admin.open("/settings");
    await admin.app.getByRole("textbox", { name: "Several" }).fill("stars");
    await admin.app.getByRole("link", { name: "Languages" }).click();
    await asked.getByRole("button", { name: "Cancel" }).click();
    expect(await admin.app.getByRole("textbox", { name: "Several" }).inputValue()).toBe("stars");
    await admin.app.getByRole("link", { name: "Languages" }).click();
    await asked.getByRole("button", { name: "Leave page" }).click();
    await admin.isAt("Names in other languages");
    await admin.open("/earning");
  });

  test("is not held up by somebody who edits something else meanwhile", async () => {
    const colleague = openAdmin(town, "juniper", await browser.tab());
    await admin.app.getByRole("link", { name: /^Shopping/ }).click();
    await admin.isAt("Shopping");
    await field("Name").fill("Every order");

    await colleague.open("/rewards");
    await colleague.app.getByRole("link", { name: /^Thank you/ }).click();
    await colleague.app.getByRole("textbox", { name: "Name" }).fill("Our thanks");
    await colleague.saveBar.save.click();
    await colleague.toast("Saved");

    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.isAt("Every order");
    await admin.open("/rewards");
    await admin.app.getByRole("link", { name: /^Our thanks/ }).waitFor();
  });

  test("publishes it all at once, with the reason", async () => {
    await admin.app.getByRole("region", { name: "Draft" }).getByText("2 changes not live").waitFor();
    await button("Review and publish").click();
    await admin.isAt("Review and publish");
    await field("Why").fill("Our first programme");
    await button("Publish").click();
    await admin.toast("Version 3 published");
    await aNewSecond();
  });

  test("finds a member by name and by e-mail", async () => {
    ann = await juniper.customer({ firstName: "Ann", email: "ann@example.com" });
    const bob = await juniper.customer({ firstName: "Robert", email: "bob@elsewhere.example" });
    await juniper.order(bob, { dollars: 20 });
    await juniper.order(ann, { dollars: 137.9 });
    await town.settled();

    await admin.open();
    await admin.go("Members");
    await admin.isAt("Members");
    const row = (name: string) => admin.app.getByRole("row", { name });
    const search = admin.app.getByRole("searchbox", { name: "Search members" });
    await row("Ann Lee").waitFor();
    await search.fill("robert");
    await row("Ann Lee").waitFor({ state: "hidden" });
    expect(await row("Robert Lee").textContent()).toContain("20");
    await search.fill("nobody at all");
    await admin.app.getByText("No member found").waitFor();
    await search.fill("ann@exam");
    await row("Ann Lee").waitFor();
    await row("Robert Lee").waitFor({ state: "hidden" });
    expect(await row("Ann Lee").textContent()).toContain("137");
  });

  test("sees why every point moved", async () => {
    await admin.app.getByRole("link", { name: "Ann Lee" }).click();
    await admin.isAt("Ann Lee");
    await admin.app.getByText("#1002 earned 137 points.").waitFor();
    const counts = admin.app.getByText("$137.90 of the order counts.");
    expect(await counts.isVisible()).toBe(false);
    await button("Why 137 points?").click();
    await counts.waitFor();
    await admin.app.getByText("Every order gave 137 points.").waitFor();
    await admin.app.getByText(/^Version \d+ of the programme decided/).waitFor();
  });

  test("adjusts points only with a reason, which stays on the statement", async () => {
    const dialog = admin.app.getByRole("dialog", { name: "Adjust points" });
    await button("Adjust points").click();
    const adjust = dialog.getByRole("button", { name: "Adjust", exact: true });
    await adjust.click();
    const points = dialog.getByRole("textbox", { name: "Points" });
    await until("the error is shown", () => errorOf(points));
    expect(await errorOf(points)).toBe("Enter a whole number of 1 or more.");
    await points.fill("50");
    await adjust.click();
    const reason = dialog.getByRole("textbox", { name: "Reason" });
    await until("the error is shown", () => errorOf(reason));
    expect(await errorOf(reason)).toBe("Say why.");
    await reason.fill("The mug came broken");
    await adjust.click();
    await admin.toast("Points adjusted");
    await admin.app.getByText("The mug came broken").waitFor();
    expect((await juniper.held(ann)).available).toBe(187);
    await admin.app.getByText("187", { exact: true }).waitFor();
  });

  test("blocks a member, whose orders then earn nothing, and unblocks them", async () => {
    const decide = async (what: string, title: string, state: string) => {
      await button(what).click();
      const dialog = admin.app.getByRole("dialog", { name: title });
      await dialog.getByRole("textbox", { name: "Reason" }).fill("Too many returns");
      await dialog.getByRole("button", { name: what, exact: true }).click();
      await admin.toast("Member changed");
      await admin.app.getByText(state, { exact: true }).waitFor();
    };
    await decide("Block", "Block this member?", "Blocked");
    await juniper.order(ann, { dollars: 40 });
    await town.settled();
    await decide("Unblock", "Unblock this member?", "Active");
    expect(await admin.app.getByRole("dialog").count()).toBe(0);
    expect((await juniper.held(ann)).available).toBe(187);
  });

  test("pauses the programme, which the shop shows at once, and lets it run again", async () => {
    const shopper = await juniper.shopper(ann);
    const shows = (points: boolean) =>
      until(`the shop shows ${points ? "the points" : "nothing"}`, async () => {
        return (await shopper.visit("/pages/rewards")).text.includes("187 points") === points;
      });
    await shows(true);
    const decide = async (phase: string) => {
      await button("Change").click();
      const dialog = admin.app.getByRole("dialog", { name: "Change the programme" });
      await dialog.getByText(phase, { exact: true }).click();
      await dialog.getByRole("button", { name: "Save" }).click();
      await admin.toast("Programme changed");
    };
    await admin.go("Laurel");
    await admin.isAt("Home");
    await button("Change").click();
    const dialog = admin.app.getByRole("dialog", { name: "Change the programme" });
    await dialog.getByText("Testing", { exact: true }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    const tag = dialog.getByRole("textbox", { name: "Customer tag" });
    await until("the error is shown", () => errorOf(tag));
    expect(await errorOf(tag)).toBe("Enter the tag that testers have.");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "hidden" });

    await decide("Paused");
    await admin.app.getByText("Nobody earns, such as while another app still gives the points.").waitFor();
    await shows(false);
    await decide("Live");
    await admin.app.getByText("Every customer earns and redeems.").waitFor();
    await shows(true);
  });

  test("imports balances: sees every row's problem first, starts, watches, and undoes it as a whole", async () => {
    await admin.go("Settings");
    await admin.isAt("Settings");
    await admin.app.getByRole("link", { name: "Imports" }).click();
    await admin.isAt("Opening balances");
    await button("Check file").click();
    await admin.app.getByText("Choose a CSV file.").waitFor();
    const file = [
      "email,points",
      "ann@example.com,100",
      "cleo@example.com,250",
      'dan@example.com,"1,000"',
      "no mail,5",
      "ann@example.com,7",
    ];
    await admin.app
      .locator("input[type=file]")
      .setInputFiles({ name: "balances.csv", mimeType: "text/csv", buffer: Buffer.from(file.join("\n")) });
    await button("Check file").click();

    await admin.isAt("balances.csv");
    await admin.app.getByText("2 balances with 350 points together can be imported.").waitFor();
    const problems = await admin.app.getByRole("table").getByRole("row").allTextContents();
    expect(problems.slice(1)).toEqual([
      "4dan@example.comWrite the points without thousands separators.",
      "5no mailThis is not an e-mail.",
      "6ann@example.comThe same e-mail is in row 2.",
    ]);
    expect((await juniper.held(ann)).available).toBe(187);

    const confirm = async (what: string, title: string) => {
      await button(what).click();
      await admin.app.getByRole("dialog", { name: title }).getByRole("button", { name: what, exact: true }).click();
    };
    // While the worker is away the import stands still, so that its progress can be seen.
    await town.worker.stop();
    await confirm("Start import", "Start the import?");
    await admin.toast("Import started");
    await admin.app.getByRole("progressbar").waitFor();
    await admin.app.getByText("0 of 2").waitFor();
    await town.startWorker();
    await admin.app.getByText("2 balances were imported.").waitFor();
    expect((await juniper.held(ann)).available).toBe(287);

    await confirm("Undo import", "Undo the whole import?");
    await admin.app.getByText("What was left of this import has been taken away.").waitFor();
    expect((await juniper.held(ann)).available).toBe(187);
  });

  test("can look up every version and phase, and who changed what", async () => {
    await admin.open("/settings/history");
    const lines = await admin.app.getByRole("list", { name: "Versions" }).getByRole("listitem").allTextContents();
    for (const [index, note] of ["Our first programme", "Emptied by a test", "Simple points"].entries())
      expect(lines[index]).toContain(note);
    expect(lines[0]).toMatch(/^Version 3.*In force/);
    expect(lines[0]).toContain("Published by staff");
    const phases = await admin.app.getByRole("region", { name: "Phases" }).getByRole("row").allTextContents();
    expect(phases.slice(1).map((phase) => /^[A-Z][a-z]+(?=[A-Z])/.exec(phase)?.[0])).toEqual(["Live", "Paused", "Live"]);
  });

  test.each([
    ["/earning/new", "Earning"],
    ["/rewards/new", "Rewards"],
    ["/settings/history", "Settings"],
    ["/settings/privacy", "Settings"],
    ["/settings/imports", "Settings"],
  ])("comes back from %s to %s", async (path, parent) => {
    await admin.open(path);
    await admin.app
      .getByRole("button", { name: "Back" })
      .or(admin.app.getByRole("link", { name: parent, exact: true }))
      .first()
      .click();
    // A page for something new counts as unsaved from the start.
    if (path.endsWith("/new")) await admin.tab.getByRole("dialog").getByRole("button", { name: "Leave page" }).click();
    await admin.isAt(parent);
  });

  test("adjusts points on a telephone too", async () => {
    const small = openAdmin(town, "juniper", await browser.tab(phone));
    await small.open("/members");
    await small.app.getByRole("link", { name: "Ann Lee" }).click();
    await small.isAt("Ann Lee");
    await small.app.getByRole("button", { name: "Adjust points" }).click();
    const dialog = small.app.getByRole("dialog", { name: "Adjust points" });
    await dialog.getByText("Take away", { exact: true }).click();
    await dialog.getByRole("textbox", { name: "Points" }).fill("7");
    await dialog.getByRole("textbox", { name: "Reason" }).fill("Counted twice");
    await dialog.getByRole("button", { name: "Adjust", exact: true }).click();
    await small.toast("Points adjusted");
    await small.app.getByText("180", { exact: true }).waitFor();
  });
});

/** Shopify tells the time of an order in whole seconds: from the next one on it is surely placed after what was saved. */
async function aNewSecond(): Promise<void> {
  const now = Date.now();
  await until("the second is over", () => Date.now() >= Math.ceil((now + 1) / 1000) * 1000);
}

/** The programme of a merchant who begins with nothing. */
async function withoutRules(shop: TownShop): Promise<void> {
  const [{ publishProgramme }, { programmeNow }] = await Promise.all([
    import("../../app/flows/programme/publish-programme.ts"),
    import("../../app/db/programme-now.ts"),
  ]);
  const context = await shop.context();
  const { definition, version } = await context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
  const published = await publishProgramme(context, {
    definition: { ...definition, earning: [], rewards: [] },
    basedOn: version,
    note: "Emptied by a test",
  });
  expect(published).toHaveProperty("version");
}
