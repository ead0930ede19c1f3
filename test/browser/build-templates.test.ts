import { describe, test } from "vitest";
import { airline } from "../../app/loyalty/program/templates/airline.ts";
import { fashion } from "../../app/loyalty/program/templates/fashion.ts";
import { homeGoods } from "../../app/loyalty/program/templates/home-goods.ts";
import { simplePoints } from "../../app/loyalty/program/templates/simple-points.ts";
import { openAdmin } from "../support/admin.ts";
import { useBrowser } from "../support/browser.ts";
import { hasMade } from "../support/draft-of.ts";
import { certificate, fixed, handsOf, perAmount, type RuleByHand, unboosted } from "../support/editor-hands.ts";
import { useTown } from "../support/town.ts";

describe("a merchant builds by hand", { timeout: 400_000 }, () => {
  const town = useTown({ shops: { simple: {}, home: {}, fashion: {}, airline: {} } });
  const browser = useBrowser();
  /** Hands in a shop whose first rule and reward are deleted. */
  const beginIn = async (shop: string) => {
    const hands = handsOf(openAdmin(town, shop, await browser.tab()));
    await hands.clear();
    return hands;
  };

  test("simple points, after what the shop began with is deleted", async () => {
    const hands = await beginIn("simple");
    await hands.reward({ name: "Thank you", texts: { Costs: "500", "Amount off": "5" } });
    await hands.rule({ name: "Shopping", gives: perAmount, texts: { Points: "1", "For every": "1" } });
    await hasMade(town.shop("simple"), simplePoints.make(100));
  });

  test("home goods, with rates that compete and credit that comes of itself", async () => {
    const hands = await beginIn("home");
    await hands.reward({
      name: "Credit of ten",
      texts: { Costs: "1000", "Amount off": "10", "Days its code can be used": "730" },
      ticks: { "Members can choose it": false },
    });
    const withCard = { label: "Payment method", lists: { "Payment methods": ["store card"] } };
    const back = (name: string, percent: string, conditions: RuleByHand["conditions"] = []): RuleByHand => ({
      name,
      gives: "A percentage back",
      conditions,
      texts: { "Per cent": percent, "What one is worth": "0.01", "Competes in": "back" },
    });
    await hands.rule(back("Two per cent back", "2"));
    await hands.rule(back("Five per cent back with the card", "5", [withCard]));
    await hands.rule(
      back("Ten per cent in your first 30 days", "10", [withCard, { label: "Member since", texts: { "At most so many days": "30" } }]),
    );
    await hands.rule({ name: "Your credit", gives: certificate, texts: { Every: "1000" }, choices: { Reward: "Credit of ten" } });
    await hands.settings({ texts: { One: "credit point", Several: "credit points", "Days until points can be spent": "30" } });
    await hasMade(town.shop("home"), homeGoods.make(100));
  });

  test("fashion, with events, limits and the member's own year", async () => {
    const hands = await beginIn("fashion");
    await hands.reward({
      name: "Voucher",
      texts: { Costs: "200", "Amount off": "5", "Days its code can be used": "90" },
      ticks: { "Members can choose it": false },
    });
    const forDoing = (name: string, event: string, points: string, most: string, per: string): RuleByHand => ({
      name,
      occasion: "A custom event",
      event,
      gives: fixed,
      limits: [{ texts: { "At most": most }, choices: { Of: "Times", Per: per } }],
      texts: { Points: points },
      ticks: unboosted,
    });
    await hands.rule({ name: "Shopping", gives: perAmount, texts: { Points: "1", "For every": "1" } });
    await hands.rule(forDoing("Profile completed", "profile.completed", "20", "1", "Membership, for ever"));
    await hands.rule(forDoing("Clothes brought back", "garments.recycled", "20", "2", "Day"));
    await hands.rule(forDoing("Review", "review.written", "1", "10", "Calendar month"));
    await hands.rule({ name: "Your voucher", gives: certificate, texts: { Every: "200" }, choices: { Reward: "Voucher" } });
    await hands.tiers(
      [
        {
          texts: { Name: "Member" },
          choices: { Icon: "Leaf" },
          perks: [
            {
              name: "Free shipping on larger orders",
              texts: { "Note for staff": "A free shipping rate over an amount, in Shopify's shipping settings." },
            },
          ],
        },
        {
          texts: { Name: "Plus", Colour: "#c2185b" },
          choices: { Icon: "Star" },
          reach: { measure: "Points earned", texts: { "Earned at least": "500" } },
          perks: [{ name: "Free shipping on every order" }, { name: "Free returns" }, { name: "Early access to collections" }],
        },
      ],
      { choices: { "What counts": "The member's own year", "How long a tier is held": "For the rest of this year and the next" } },
    );
    await hands.settings({ choices: { "When points end": "With the member's own year" } });
    await hasMade(town.shop("fashion"), fashion.make(100));
  });

  test("an airline, with status miles beside the miles", async () => {
    const hands = await beginIn("airline");
    await hands.settings({ texts: { One: "mile", Several: "miles" } });
    await hands.unit({
      texts: { One: "status mile", Several: "status miles", "Years after the year of earning": "0" },
      choices: { "When they end": "With the calendar year" },
    });
    await hands.reward({ name: "Short haul", texts: { Costs: "5000", "Amount off": "50" } });
    await hands.reward({ name: "Long haul", texts: { Costs: "25000", "Amount off": "250" } });
    const notBasic: RuleByHand["conditions"] = [{ joined: "none", of: [{ label: "Product tag", lists: { Tags: ["basic"] } }] }];
    await hands.rule({ name: "Miles", gives: perAmount, conditions: notBasic, texts: { Points: "5", "For every": "1" } });
    await hands.rule({
      name: "Status miles",
      gives: perAmount,
      conditions: notBasic,
      texts: { Points: "1", "For every": "1" },
      choices: { Of: "status miles" },
      ticks: unboosted,
    });
    await hands.rule({
      name: "Head start of the card",
      occasion: "A custom event",
      event: "card.year-began",
      gives: fixed,
      limits: [{ texts: { "At most": "1" }, choices: { Of: "Times", Per: "Calendar year" } }],
      texts: { Points: "2500" },
      choices: { Of: "status miles" },
      ticks: unboosted,
    });
    const reached = (least: string) => ({
      measure: "Points earned",
      choices: { Of: "status miles" },
      texts: { "Earned at least": least },
    });
    await hands.tiers(
      [
        { texts: { Name: "Traveller", Colour: "#5c6f82" }, choices: { Icon: "Plane" } },
        {
          texts: { Name: "Silver", Colour: "#8f979e", "Members earn": "140" },
          choices: { Icon: "Plane" },
          reach: reached("5000"),
          perks: [{ name: "Priority boarding" }],
        },
        {
          texts: { Name: "Gold", Colour: "#c9a227", "Members earn": "160" },
          choices: { Icon: "Plane" },
          reach: reached("10000"),
          perks: [{ name: "Free extra bag" }],
        },
        {
          texts: { Name: "Platinum", Colour: "#4b5563", "Members earn": "180" },
          choices: { Icon: "Crown" },
          reach: reached("15000"),
          perks: [{ name: "Lounge on travel days" }],
        },
        {
          texts: { Name: "Diamond", Colour: "#1f4e79", "Members earn": "220" },
          choices: { Icon: "Diamond" },
          reach: reached("28000"),
          perks: [
            {
              name: "A contact of their own",
              texts: { "Note for staff": "Call and introduce yourself." },
              ticks: { "Make a task for staff when a member reaches the tier": true },
            },
          ],
        },
      ],
      {
        choices: { "What counts": "The calendar year", "How long a tier is held": "For the rest of this year and the next" },
        texts: { "Days of grace before a tier is lost": "31" },
      },
    );
    await hasMade(town.shop("airline"), airline.make(100));
  });
});
