import { expect, test } from "vitest";
import { buildProgrammeCard } from "../../app/loyalty/card.ts";
import { translatable, withoutOrphans, withTexts } from "../../app/loyalty/program/translatable.ts";
import { programmeOf } from "../support/order-facts.ts";

const programme = programmeOf({ tiers: { levels: [{ id: "gold", name: "Gold" }] }, badges: [{ id: "friend", name: "Friend" }] });

test("every name that members read can be said in another language", () => {
  expect(translatable(programme).map((one) => [one.key, one.name])).toEqual([
    ["earning.every-order", "Shopping"],
    ["tiers.gold", "Gold"],
    ["rewards.five-off", "Thank you"],
    ["badges.friend", "Friend"],
  ]);
});

test("what is left empty, or names nothing of the programme, is not kept", () => {
  const typed = { "rewards.five-off": " Merci ", "tiers.gold": "", "rewards.gone": "Perdu", __proto__: "x" };
  expect(withTexts(programme, "fr", typed).texts).toEqual({ fr: { "rewards.five-off": "Merci" } });
  expect(withTexts(withTexts(programme, "fr", typed), "fr", {}).texts).toEqual({});
});

test("texts of what is no more are left out, and all others stay", () => {
  const texts = { fr: { "rewards.five-off": "Merci", "earning.gone": "Parti" }, de: { "tiers.gone": "Weg" } };
  expect(withoutOrphans({ ...programme, texts }).texts).toEqual({ fr: { "rewards.five-off": "Merci" } });
});

test("a theme is given the names in the languages that they were said in", () => {
  const definition = withTexts(programme, "fr", { "rewards.five-off": "Merci" });
  const card = buildProgrammeCard({ definition, phase: "live", testTag: null, currency: "USD" } as never, {
    proxyPath: "/apps/laurel",
    locale: "en",
  });
  expect(JSON.stringify(card)).toContain("Merci");
});
