import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Customer } from "../../sandbox/world.ts";
import { desktop, phone, useBrowser } from "../support/browser.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";
import { until } from "../support/until.ts";

const product = "/products/market-tote";

describe("a shopper in the storefront", () => {
  const town = useTown({ shops: { juniper: {} } });
  const browser = useBrowser();
  let juniper: TownShop;
  let shop: string;

  beforeAll(() => {
    juniper = town.shop("juniper");
    shop = town.sandbox.storefrontUrl("juniper");
  });

  /** Somebody with an account, and what their earlier orders came to. */
  const somebody = async (dollars = 0) => {
    const customer = await juniper.customer();
    if (dollars > 0) await juniper.order(customer, { dollars });
    await town.settled();
    await until("the card is published", () => dollars === 0 || juniper.card(customer)?.points === dollars);
    return customer;
  };
  const signIn = async (page: Page, { email }: { email: string | null }, back: string) => {
    await page.goto(`${shop}/account/login?${new URLSearchParams({ return_to: back })}`);
    await page.getByRole("textbox", { name: "E-mail" }).fill(email ?? "");
    await page.getByRole("button", { name: /^(Continue|Continuer)$/ }).click();
    await page.waitForURL(`${shop}${back}`);
  };
  /** Cards are published a moment after points have moved. */
  const shows = (page: Page, path: string, what: Locator) =>
    until(`${path} shows ${what}`, async () => {
      await page.goto(shop + path);
      return what.first().isVisible();
    });
  const text = (page: Page, words: string | RegExp) => page.getByText(words, { exact: true });
  const redeem = (page: Page) => page.getByRole("button", { name: "Redeem Thank you for 500 points" });
  /** The code as the cart shows it, which is not to be taken for the one that the rewards block offers. */
  const codeIn = (page: Page, code: string) =>
    page.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Remove ${code}` }) });
  const codesOf = async (customer: Customer) => (await juniper.redemptions(customer)).map((one) => one.code);
  const topOf = async (place: Locator) => (await place.boundingBox())?.y ?? Number.NaN;

  describe.each([
    ["telephone", phone],
    ["desk", desktop],
  ])("at a %s", (_, viewport) => {
    test("sees what could be earned, buys, sees the points, redeems with one tap, and pays less", async () => {
      const page = await browser.tab(viewport);
      await page.goto(shop + product);
      await page.getByText("1 point for every $1 spent").waitFor();
      expect(await page.getByText("Your points").count()).toBe(0);
      await page.getByRole("link", { name: "Sign in to collect points" }).click();
      const ann = await juniper.customer();
      await page.getByRole("textbox", { name: "E-mail" }).fill(ann.email ?? "");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL(shop + product);

      await page.getByRole("spinbutton", { name: "Quantity" }).fill("16");
      await page.getByRole("button", { name: "Add to cart" }).click();
      await page.getByRole("link", { name: "Check out" }).click();
      await page.getByRole("button", { name: "Pay $512.00" }).click();
      await page.getByRole("heading", { name: "Thank you" }).waitFor();
      await town.settled();
      await shows(page, product, text(page, "512 points"));

      await page.getByRole("button", { name: "Add to cart" }).click();
      await page.waitForURL("**/cart");
      const express = page.getByRole("button", { name: "Buy now with one tap" });
      expect(await topOf(redeem(page))).toBeLessThan(await topOf(express));
      await redeem(page).click();
      await page.getByText("−$5.00").waitFor();
      const codes = await codesOf(ann);
      expect(codes).toHaveLength(1);
      expect(await topOf(codeIn(page, codes[0] ?? ""))).toBeLessThan(await topOf(express));

      await page.getByRole("link", { name: "Check out" }).click();
      await page.getByText("−$5.00").first().waitFor();
      await page.getByRole("button", { name: "Pay $27.00" }).click();
      await page.getByRole("heading", { name: "Thank you" }).waitFor();
      await town.settled();
      expect(await juniper.redemptions(ann)).toMatchObject([{ state: "used", given: 500, charged: 500 }]);
      await shows(page, "/pages/rewards", text(page, "39 points"));
    });
  });

  test("buys with the express button, and the code counts there too", async () => {
    const bea = await somebody(600);
    const page = await browser.tab(phone);
    await signIn(page, bea, product);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await redeem(page).click();
    await page.getByText("−$5.00").waitFor();
    await page.getByRole("button", { name: "Buy now with one tap" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    await town.settled();
    expect(await juniper.redemptions(bea)).toMatchObject([{ state: "used", given: 500 }]);
  });

  test("taps twice while Shopify is slow, and has one code", async () => {
    const cas = await somebody(1_100);
    const page = await browser.tab(phone);
    await signIn(page, cas, product);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await juniper.control("/latency", { ms: 300 });
    try {
      await redeem(page).dblclick();
      await page.getByText("−$5.00").waitFor();
    } finally {
      await juniper.control("/latency", { ms: 0 });
    }
    await town.settled();
    expect(await juniper.redemptions(cas)).toHaveLength(1);
    expect((await juniper.held(cas)).available).toBe(600);
  });

  test("finds an unused code again, and hands it back for its points", async () => {
    const dee = await somebody(500);
    const page = await browser.tab(phone);
    await signIn(page, dee, "/pages/rewards");
    await redeem(page).click();
    await page.waitForURL("**/cart");
    const [redemption] = await juniper.redemptions(dee);
    const code = redemption?.code ?? "";
    await shows(page, "/pages/rewards", text(page, code));
    await text(page, "0 points").waitFor();
    await page.getByRole("button", { name: "Hand back: Thank you" }).click();
    await page
      .getByRole("status")
      .getByText(/^Handed back\./)
      .waitFor();

    await town.settled();
    await town.makeDue("finish-release");
    await shows(page, "/pages/rewards", redeem(page));
    expect(await text(page, code).count()).toBe(0);
    expect(await juniper.redemptions(dee)).toMatchObject([{ state: "released" }]);
    expect((await juniper.held(dee)).available).toBe(500);
    // A code that was handed back takes nothing off any more.
    await page.goto(shop + product);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.waitForURL("**/cart");
    await page.goto(`${shop}/discount/${code}?redirect=/cart`);
    await page.getByRole("alert").waitFor();
    expect(await page.getByText("−$5.00").count()).toBe(0);
  });

  test("does all of it without script", async () => {
    const eve = await somebody(1_000);
    const page = await browser.tab(phone, { script: false });
    await signIn(page, eve, product);
    await page.getByText("1,000 points", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Add to cart" }).click();
    await redeem(page).click();
    await page.getByRole("heading", { name: "Redeem Thank you?" }).waitFor();
    await page.getByRole("button", { name: "Redeem", exact: true }).click();
    await page.waitForURL("**/cart");
    await page.getByText("−$5.00").waitFor();
    await codeIn(page, (await codesOf(eve))[0] ?? "").waitFor();
    await page.getByRole("link", { name: "Check out" }).click();
    await page.getByRole("button", { name: "Pay $27.00" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    await town.settled();
    expect(await juniper.redemptions(eve)).toMatchObject([{ state: "used", given: 500 }]);

    await shows(page, "/pages/rewards", redeem(page));
    await redeem(page).click();
    await page.getByRole("button", { name: "Redeem", exact: true }).click();
    await page.waitForURL("**/cart");
    const handBack = page.getByRole("button", { name: "Hand back: Thank you" });
    await shows(page, "/pages/rewards", handBack);
    await handBack.click();
    await page.getByRole("heading", { name: "Hand back" }).waitFor();
    await page.getByRole("button", { name: "Hand back", exact: true }).click();
    await page.getByText(/^Handed back\./).waitFor();
  });

  test("reads it in French, and is answered in French", async () => {
    const flo = await somebody(1_500);
    const page = await browser.tab(phone);
    await signIn(page, flo, "/pages/rewards?locale=fr");
    await page.getByRole("heading", { name: "Vos points" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    await page.getByText("1 500 points", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Voir le détail de vos points" }).click();
    await page.getByRole("heading", { name: "Historique" }).waitFor();
    await page.getByText(/#\d+ a donné 1\s500 points\./).waitFor();
    await page.goto(`${shop}/pages/rewards?locale=fr`);
    await page.getByRole("button", { name: "Échanger 500 points contre Thank you" }).click();
    await page.waitForURL("**/cart");
    const handBack = page.getByRole("button", { name: "Rendre : Thank you" });
    await shows(page, "/pages/rewards?locale=fr", handBack);
    await handBack.click();
    await page
      .getByRole("status")
      .getByText(/^C’est rendu\./)
      .waitFor();
  });

  test("who is blocked is shown nothing of it", async () => {
    const gil = await somebody(700);
    const page = await browser.tab(phone);
    await signIn(page, gil, "/pages/rewards");
    await page.getByText("700 points", { exact: true }).waitFor();
    const { decideMemberState } = await import("../../app/flows/members/decide-member-state.ts");
    const context = await juniper.context();
    const [member] = await context.db.inProgramme(context.scope, (tx) =>
      tx.rows<{ id: string }>("select member_id as id from customer where customer_gid = $1", [`gid://shopify/Customer/${gil.id}`]),
    );
    await decideMemberState(context, { memberId: member?.id ?? "", state: "blocked", reason: "A test" });
    await until("the page shows nothing of it", async () => {
      await page.reload();
      return (await page.getByText("points").count()) === 0;
    });
    expect(await page.getByRole("button", { name: /^Redeem/ }).count()).toBe(0);
  });
});
