import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import type { Card, ProgrammeCard } from "../../app/loyalty/card.ts";
import { openBrowser, useBrowser } from "../support/browser.ts";
import { renderBlock, themeFolder } from "./theme.ts";

const programme: ProgrammeCard = {
  v: 1,
  open: true,
  name: { one: "star", other: "stars" },
  currency: "USD",
  proxyPath: "/apps/laurel",
  earning: [
    {
      name: "Shopping",
      sentence: "1 star for every $1 spent",
      sentences: { en: "1 star for every $1 spent", fr: "1 star par tranche de 1 $ dépensée" },
    },
  ],
  rewards: [
    { id: "five-off", name: "Thank you", sentence: "$5 off", sentences: { en: "$5 off", fr: "5 $ de réduction" }, points: 500 },
    { id: "twenty-off", name: "Big thanks", sentence: "$20 off", sentences: { en: "$20 off", fr: "20 $ de réduction" }, points: 1800 },
  ],
};
const card: Card = {
  v: 1,
  open: true,
  points: 1250,
  pending: 30,
  owed: 0,
  name: programme.name,
  next: null,
  affordable: ["five-off"],
  codes: [{ redemptionId: "r-1", code: "LRL-OLD", reward: "Thank you", expiresAt: "2027-02-19T12:00:00.000Z" }],
  at: "2026-11-21T12:00:00.000Z",
};

let blocks = "";
beforeAll(async () => {
  const page = { programme, card, signedIn: true };
  blocks = (await renderBlock("balance", page)) + (await renderBlock("rewards", page));
});

const browser = useBrowser();
const asset = (name: string): string => readFileSync(join(themeFolder, "assets", name), "utf8");

type Tap = { path: string; body: Record<string, string> };
type Answer = { status?: number; json: object } | "lost";

/** A shop with our blocks on a page, and an app that answers as told. */
async function open(page: Page, answers: Answer[]): Promise<Tap[]> {
  const taps: Tap[] = [];
  await page.route("http://localhost:9/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/laurel.css") return route.fulfill({ contentType: "text/css", body: asset("laurel.css") });
    if (pathname === "/laurel-rewards.js") return route.fulfill({ contentType: "text/javascript", body: asset("laurel-rewards.js") });
    if (route.request().method() === "POST") {
      taps.push({ path: pathname, body: route.request().postDataJSON() });
      await new Promise((go) => setTimeout(go, 100));
      const answer = answers.shift() ?? "lost";
      return answer === "lost" ? route.abort() : route.fulfill({ status: answer.status ?? 200, json: answer.json });
    }
    const head = `<title>Shop</title><script src="/laurel-rewards.js" defer></script>`;
    return route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${pathname}</h1>${pathname === "/pages/rewards" ? blocks : ""}</main></body></html>`,
    });
  });
  await page.goto("http://localhost:9/pages/rewards");
  return taps;
}

const redeem = (page: Page) => page.getByRole("button", { name: "Redeem Thank you for 500 stars" });
const toCart = { json: { code: "LRL-NEW", url: "/discount/LRL-NEW?redirect=%2Fcart" } };

test("one tap asks once and goes where the code is put on the cart", async () => {
  const page = await browser.tab();
  const taps = await open(page, [toCart]);
  await redeem(page).dblclick();
  await page.waitForURL("**/discount/LRL-NEW?redirect=%2Fcart");
  expect(taps).toHaveLength(1);
  expect(taps[0]).toMatchObject({ path: "/apps/laurel/redeem", body: { reward: "five-off", return: "/cart", locale: "en" } });
  expect(taps[0]?.body.request).toMatch(/^[0-9a-f-]{36}$/);
});

test("going back and tapping again asks for the same code", async () => {
  const page = await browser.tab();
  const taps = await open(page, [toCart, toCart]);
  await redeem(page).click();
  await page.waitForURL("**/discount/**");
  await page.goBack();
  await redeem(page).click();
  await page.waitForURL("**/discount/**");
  expect(taps).toHaveLength(2);
  expect(taps[1]?.body.request).toBe(taps[0]?.body.request);
});

test("when the answer is lost the shopper is told, and another try asks for the same code", async () => {
  const page = await browser.tab();
  const taps = await open(page, ["lost", toCart]);
  await redeem(page).click();
  await page.getByRole("status").filter({ hasText: "please try again" }).waitFor();
  await page.reload();
  await redeem(page).click();
  await page.waitForURL("**/discount/**");
  expect(taps[1]?.body.request).toBe(taps[0]?.body.request);
  page.wrong.length = 0; // the lost answer itself
});

test("a tap whose code was used already becomes a new one", async () => {
  const page = await browser.tab();
  const taps = await open(page, [{ status: 409, json: { sentence: "Used.", settled: true, again: true } }, toCart]);
  await redeem(page).click();
  await page.waitForURL("**/discount/**");
  expect(taps[1]?.body.request).not.toBe(taps[0]?.body.request);
  page.wrong.length = 0;
});

test("a refusal is said where a screen reader hears it, and the button works again", async () => {
  const page = await browser.tab();
  await open(page, [{ status: 409, json: { sentence: "You need 50 stars more." } }]);
  await redeem(page).click();
  await page.getByRole("status").filter({ hasText: "You need 50 stars more." }).waitFor();
  expect(await redeem(page).getAttribute("aria-disabled")).toBeNull();
  page.wrong.length = 0;
});

test("somebody whose sign-in has ended is sent to sign in and back", async () => {
  const page = await browser.tab();
  await open(page, [{ status: 401, json: { login: "/account/login" } }]);
  await redeem(page).click();
  await page.waitForURL("**/account/login?return_url=%2Fpages%2Frewards");
  page.wrong.length = 0;
});

test("handing back says so and moves nothing", async () => {
  const page = await browser.tab();
  const taps = await open(page, [{ json: { handedBack: true, sentence: "Handed back." } }]);
  const before = await redeem(page).boundingBox();
  await page.getByRole("button", { name: "Hand back: Thank you" }).click();
  await page.getByRole("status").filter({ hasText: "Handed back." }).waitFor();
  expect(taps[0]).toEqual({ path: "/apps/laurel/hand-back", body: { redemption: "r-1", locale: "en" } });
  expect(await page.getByText("LRL-OLD").isVisible()).toBe(false);
  expect(await redeem(page).boundingBox()).toEqual(before);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("status");
});

test("without script the button opens the page that asks once more", async () => {
  const plain = await openBrowser();
  try {
    const page = await (await plain.newContext({ javaScriptEnabled: false })).newPage();
    await open(page, []);
    await redeem(page).click();
    await page.waitForURL("**/apps/laurel/redeem?reward=five-off&return=%2Fcart&locale=en");
  } finally {
    await plain.close();
  }
});

test.each([
  ["a desk", { width: 1280, height: 900 }],
  ["a small phone", { width: 320, height: 640 }],
])("the blocks have no defect of accessibility, no shift and no overflow at %s", async (_, viewport) => {
  const page = await browser.tab(viewport);
  await open(page, []);
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
  const found = await page.evaluate(async () => {
    const { violations } = await (
      window as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe.run();
    const shift = await new Promise<number>((tell) => {
      let shifts = 0;
      new PerformanceObserver((list) => {
        shifts += list.getEntries().length;
      }).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => tell(shifts), 100);
    });
    return {
      violations: violations.map((one) => `${one.id} ${one.nodes[0]?.html}`),
      shift,
      wide: document.documentElement.scrollWidth > innerWidth,
    };
  });
  expect(found).toEqual({ violations: [], shift: 0, wide: false });
});
