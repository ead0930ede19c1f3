import { describe, expect, test } from "vitest";
import type { Card, ProgrammeCard } from "../../app/loyalty/card.ts";
import { renderBlock } from "./theme.ts";

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
const card = (changes: Partial<Card> = {}): Card => ({
  v: 1,
  open: true,
  points: 1250,
  pending: 0,
  owed: 0,
  name: programme.name,
  next: null,
  affordable: [],
  codes: [],
  at: "2026-11-21T12:00:00.000Z",
  ...changes,
});
const code = { redemptionId: "0193-r", code: "LAUREL-ABC", reward: "Thank you", expiresAt: "2027-02-19T12:00:00.000Z" };

describe("balance", () => {
  test("says the balance in the merchant's word and how far the next reward is", async () => {
    const html = await renderBlock("balance", { programme, card: card({ pending: 1 }), signedIn: true });
    expect(html).toContain(">1,250 stars<");
    expect(html).toContain(">1 star on the way<");
    expect(html).toContain(">550 stars more for Big thanks<");
    expect(html).toMatch(
      /role="progressbar"[^>]*aria-valuemax="1800"[^>]*aria-valuenow="1250"[^>]*aria-valuetext="550 stars more for Big thanks"/,
    );
    expect(html).toContain('style="width: 69%"');
  });

  test("says what happened last, and why behind what opens without script", async () => {
    const latest = [
      { at: "2026-11-20T12:00:00.000Z", sentence: "#1001 earned 137 stars.", points: 137, steps: ["Shopping <b>gave</b> 137 stars."] },
      { at: "2026-11-19T12:00:00.000Z", sentence: "#1000 was cancelled.", points: -5, steps: ["Nothing is due."] },
      { at: "2026-11-18T12:00:00.000Z", sentence: "500 stars set aside.", points: -500, steps: [] },
    ];
    const html = await renderBlock("balance", { programme, card: card({ latest }), signedIn: true });
    expect(html).toContain("#1001 earned 137 stars.");
    expect([...html.matchAll(/<summary>([^<]*)<\/summary>/g)].map(([, text]) => text)).toEqual(["Why 137 stars?", "Why?"]);
    expect(html).toContain("Shopping &lt;b&gt;gave&lt;/b&gt; 137 stars.");
    const french = await renderBlock("balance", { programme, card: card({ latest }), signedIn: true, locale: "fr" });
    expect(french).toContain("<summary>Pourquoi 137 stars ?</summary>");
    const without = await renderBlock("balance", { programme, card: card({ latest }), signedIn: true, settings: { show_latest: false } });
    expect(without).not.toContain("#1001");
  });

  test("speaks French, with French plurals and digits", async () => {
    const stranger = await renderBlock("balance", { programme, signedIn: false, locale: "fr" });
    expect(stranger).toContain("1 star par tranche de 1 $ dépensée");
    expect(stranger).not.toContain("for every");
    const html = await renderBlock("balance", { programme, card: card({ points: 1_250_000, pending: 0 }), signedIn: true, locale: "fr" });
    expect(html).toContain(">1 250 000 stars<");
    const none = await renderBlock("balance", { programme, card: card({ points: 0 }), signedIn: true, locale: "fr" });
    expect(none).toContain(">0 star<");
  });

  test("a customer who has not earned yet sees zero and the first reward", async () => {
    const html = await renderBlock("balance", { programme, signedIn: true });
    expect(html).toContain(">0 stars<");
    expect(html).toContain(">500 stars more for Thank you<");
  });

  test("a visitor sees what there is to earn and the way in", async () => {
    const html = await renderBlock("balance", { programme });
    expect(html).toContain("1 star for every $1 spent");
    expect(html).toContain('href="/account/login?return_url=%2Fpages%2Frewards"');
    expect(html).not.toContain("progressbar");
  });

  test.each([
    ["before the programme was published", {}],
    ["while it is not live", { programme: { ...programme, open: false } }],
    ["to a member whom it does not serve", { programme, card: card({ open: false }), signedIn: true }],
  ])("shows nothing %s", async (_, page) => {
    expect((await renderBlock("balance", page)).trim()).toBe("");
    expect((await renderBlock("rewards", page)).trim()).toBe("");
  });

  test("a tester sees it while others do not", async () => {
    const html = await renderBlock("balance", { programme: { ...programme, open: false }, card: card(), signedIn: true });
    expect(html).toContain("1,250 stars");
  });

  test("the theme editor tells the merchant why nothing is there", async () => {
    expect(await renderBlock("balance", { designMode: true })).toContain("until your loyalty programme in Laurel is live");
  });
});

describe("rewards", () => {
  test("a reward within reach has a form that works without script, one out of reach says what is missing", async () => {
    const html = await renderBlock("rewards", { programme, card: card(), signedIn: true });
    expect(html.match(/<form/g)).toHaveLength(1);
    expect(html).toContain('action="/apps/laurel/redeem" data-laurel="redeem"');
    expect(html).toContain('name="reward" value="five-off"');
    expect(html).toContain('name="return" value="/cart"');
    expect(html).toContain('aria-label="Redeem Thank you for 500 stars"');
    expect(html).toContain("550 stars more needed");
    expect(html).toContain('role="status"');
  });

  test("an issued code can be used in one tap or handed back", async () => {
    const html = await renderBlock("rewards", { programme, card: card({ codes: [code] }), signedIn: true });
    expect(html).toContain('href="/discount/LAUREL-ABC?redirect=%2Fcart"');
    expect(html).toContain('action="/apps/laurel/hand-back" data-laurel="hand-back"');
    expect(html).toContain('name="redemption" value="0193-r"');
  });

  test("a visitor sees the rewards and no button that could not work", async () => {
    const html = await renderBlock("rewards", { programme });
    expect(html).toContain("$5 off · 500 stars");
    expect(html).not.toContain("<button");
    expect(html).toContain("/account/login");
  });

  test("a merchant's words are text and never markup", async () => {
    const nasty = "<script>x</script>\"' M&Ms";
    const html = await renderBlock("rewards", {
      programme: {
        ...programme,
        name: { one: nasty, other: nasty },
        rewards: [{ id: nasty, name: nasty, sentence: nasty, sentences: { en: nasty, fr: nasty }, points: 1 }],
      },
      card: card({ codes: [{ ...code, reward: nasty, code: nasty }] }),
      signedIn: true,
      settings: { heading: nasty },
    });
    expect(html).not.toContain("<script");
    expect(html).toContain("M&amp;Ms");
    expect(html).not.toContain("&amp;amp;");
  });
});

describe("another unit than points", () => {
  const stamps = { one: "stamp", other: "stamps" };
  const coffee = {
    id: "coffee",
    name: "A coffee",
    sentence: "$4 off",
    sentences: { en: "$4 off" },
    points: 9,
    unit: { id: "stamps", name: stamps },
  };
  const punchCard: ProgrammeCard = { ...programme, rewards: [coffee] };
  const having = (available: number) =>
    card({ units: [{ id: "stamps", name: stamps, available, pending: 0 }], badges: [{ id: "r", name: "Regular" }] });

  test("is told beside the points, and badges too", async () => {
    const html = await renderBlock("balance", { programme: punchCard, card: having(6), signedIn: true });
    expect(html).toContain(">1,250 stars<");
    expect(html).toContain(">6 stamps<");
    expect(html).toContain(">Regular<");
  });

  test("pays for its own rewards: many points are no stamps", async () => {
    const six = await renderBlock("rewards", { programme: punchCard, card: having(6), signedIn: true });
    expect(six).toContain("· 9 stamps");
    expect(six).toContain("3 stamps");
    expect(six).not.toContain('data-laurel="redeem"');
    expect(await renderBlock("rewards", { programme: punchCard, card: having(9), signedIn: true })).toContain('data-laurel="redeem"');
    expect(await renderBlock("rewards", { programme: punchCard, card: card(), signedIn: true })).not.toContain('data-laurel="redeem"');
  });

  test("a code that is kept has no way to hand it back", async () => {
    const html = await renderBlock("rewards", { programme, card: card({ codes: [{ ...code, kept: true }] }), signedIn: true });
    expect(html).toContain("LAUREL-ABC");
    expect(html).not.toContain("hand-back");
  });
});
