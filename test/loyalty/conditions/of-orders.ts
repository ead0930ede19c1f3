import type { Story } from "./story.ts";

const gate = { least: 5_000, below: 10_000 };
const three = { least: 3, most: 5 };
const save = { used: "these", codes: ["SAVE10", "save20"] };
const code = (...codes: string[]) => ({ order: { codes: codes.map((one) => ({ code: one, given: 100 })) } });
const inShop = { channels: ["pos", "company"] };
const byApp = { apps: ["580111"] };
const review = { property: "rating", operator: "at least", values: [4] };
const event = (properties: Record<string, string | number | boolean>) => ({ event: { name: "review.written", properties } });

export const ofOrders = {
  "order amount": {
    example: { least: 5_000 },
    en: "on orders of $50 or more",
    fr: "dès 50 $ d’achat",
    says: [
      [gate, "on orders from $50 to below $100", "sur les commandes de 50 $ à moins de 100 $"],
      [{ below: 10_000 }, "on orders below $100", "sur les commandes de moins de 100 $"],
    ],
    refused: [{}, { least: -1 }, { least: 100, below: 100 }, { least: 1.5 }],
    rows: [
      ["a cent below", gate, { line: { sold: 4_999 } }, false],
      ["at the bound", gate, { line: { sold: 5_000 } }, true],
      ["below the upper one", gate, { line: { sold: 9_999 } }, true],
      ["not the upper one itself", gate, { line: { sold: 10_000 } }, false],
      ["all lines together", gate, { lines: [{ sold: 2_500 }, { sold: 2_500 }] }, true],
      ["not what never earns", gate, { lines: [{ sold: 4_999 }, { sold: 5_000, giftCard: true }] }, false],
      ["as it was sold, after a refund", gate, { line: { sold: 5_000, net: 0, remaining: 0 } }, true],
      ["looked at again, after a refund", gate, { line: { sold: 5_000, net: 4_999 }, again: true }, false],
      ["yen", { least: 5_000 }, { currency: "JPY", line: { sold: 5_000 } }, true],
      ["fils", { least: 5_000 }, { currency: "KWD", line: { sold: 4_999 } }, false],
      ["after every discount", gate, { line: { sold: 4_999, price: 6_000, discount: 1_001 } }, false],
      ["not what was free", { least: 1 }, { line: { sold: 0, price: 5_000, discount: 5_000 } }, false],
      ["an order without lines", { least: 1 }, { lines: [] }, false],
      ["without lines, below", { below: 1 }, { lines: [] }, true],
      ["as sold, after an amount was given back", gate, { line: { sold: 5_000 }, order: { refundedWithoutLines: 5_000 } }, true],
      ["looked at again, after it", gate, { line: { sold: 5_000 }, order: { refundedWithoutLines: 1 }, again: true }, false],
      ["not shipping", gate, { line: { sold: 4_999 }, order: { shipping: 500, shippingSold: 500 } }, false],
    ],
  },
  "item count": {
    example: three,
    en: "on orders of 3 to 5 items",
    fr: "sur les commandes de 3 à 5 articles",
    says: [
      [{ least: 1 }, "on orders of at least 1 item", "sur les commandes d’au moins 1 article"],
      [{ most: 2 }, "on orders of at most 2 items", "sur les commandes d’au plus 2 articles"],
      [{ least: 2, most: 2 }, "on orders of 2 items", "sur les commandes de 2 articles"],
    ],
    refused: [{}, { least: 0 }, { least: 5, most: 3 }],
    rows: [
      ["one too few", three, { line: { quantity: 2 } }, false],
      ["enough in one line", three, { line: { quantity: 3 } }, true],
      ["enough in several lines", three, { lines: [{ quantity: 1 }, { quantity: 2 }] }, true],
      ["the most", three, { line: { quantity: 5 } }, true],
      ["one too many", three, { line: { quantity: 6 } }, false],
      ["gift cards are no items", three, { lines: [{ quantity: 2 }, { quantity: 1, giftCard: true }] }, false],
      ["tips are no items", three, { lines: [{ quantity: 2 }, { quantity: 1, tip: true }] }, false],
      ["a line of no pieces", { least: 1 }, { line: { quantity: 0, remaining: 0, sold: 0 } }, false],
      ["an order without lines", { most: 5 }, { lines: [] }, true],
      ["as sold, after a return", three, { line: { quantity: 3, remaining: 1 } }, true],
      ["looked at again, after a return", three, { line: { quantity: 3, remaining: 2 }, again: true }, false],
    ],
  },
  "discount code": {
    example: save,
    en: "with the code SAVE10 or save20",
    fr: "avec le code SAVE10 ou save20",
    says: [
      [{ used: "any" }, "with a discount code", "avec un code de réduction"],
      [{ used: "none" }, "without a discount code", "sans code de réduction"],
    ],
    refused: [{}, { used: "these" }, { used: "these", codes: [] }, { used: "any", codes: ["SAVE10"] }],
    rows: [
      ["the code", save, code("SAVE10"), true],
      ["in other letters", save, code("save10"), true],
      ["the second of two codes", save, code("OTHER", "SAVE20"), true],
      ["another code", save, code("SAVE100"), false],
      ["no code", save, {}, false],
      ["any code", { used: "any" }, code("X"), true],
      ["not without one", { used: "any" }, {}, false],
      ["none", { used: "none" }, {}, true],
      ["not with one", { used: "none" }, code("X"), false],
      ["a code for free shipping", { used: "any" }, { order: { codes: [{ code: "SHIP", given: 0 }] } }, true],
      ["a discount without a code is none", { used: "none" }, { line: { sold: 4_000, discount: 1_000 } }, true],
      ["a blank before it", save, code(" SAVE10 "), true],
    ],
  },
  channel: {
    example: inShop,
    en: "in store or as a company",
    fr: "en magasin ou en tant qu’entreprise",
    says: [
      [
        { channels: ["online", "draft", "subscription"] },
        "online, by draft order, or on subscription renewals",
        "en ligne, par commande provisoire ou sur les renouvellements d’abonnement",
      ],
      [byApp, "through 580111", "par 580111"],
    ],
    refused: [{}, { channels: [] }, { channels: ["fax"] }],
    rows: [
      ["the till", inShop, { order: { channel: "pos" } }, true],
      ["online", inShop, { order: { channel: "web" } }, false],
      ["a company online", inShop, { order: { channel: "web", company: true } }, true],
      ["online, by a company", { channels: ["online"] }, { order: { channel: "web", company: true } }, true],
      ["a draft", { channels: ["draft"] }, { order: { channel: "shopify_draft_order" } }, true],
      [
        "a renewal, as Shopify calls it by now",
        { channels: ["subscription"] },
        { order: { channel: "subscription_contract_checkout_one" } },
        true,
      ],
      ["a renewal", { channels: ["subscription"] }, { order: { channel: "subscription_contract" } }, true],
      ["an app", byApp, { order: { channel: "580111" } }, true],
      ["another app", byApp, { order: { channel: "5801110" } }, false],
      ["either", { ...byApp, channels: ["online"] }, { order: { channel: "web" } }, true],
    ],
  },
  currency: {
    example: { currencies: ["eur", "CAD"] },
    en: "on orders paid in EUR or CAD",
    fr: "sur les commandes payées en EUR ou CAD",
    refused: [{ currencies: [] }, { currencies: ["euro"] }],
    rows: [
      ["paid in it, whatever the shop's own", { currencies: ["eur"] }, { order: { presentmentCurrency: "EUR" } }, true],
      ["the shop's own", { currencies: ["eur"] }, { order: { currency: "EUR", presentmentCurrency: "USD" } }, false],
    ],
  },
  country: {
    example: { countries: ["ca", "FR"] },
    en: "on orders to Canada or France",
    fr: "sur les commandes livrées ici : Canada ou France",
    says: [
      [
        { countries: ["us", "NL", "DO", "TC", "DE"] },
        "on orders to the United States, the Netherlands, the Dominican Republic, the Turks & Caicos Islands, or Germany",
        "sur les commandes livrées ici : États-Unis, Pays-Bas, République dominicaine, Îles Turques-et-Caïques ou Allemagne",
      ],
    ],
    refused: [{ countries: [] }, { countries: ["Canada"] }],
    rows: [
      ["there", { countries: ["ca"] }, { order: { country: "CA" } }, true],
      ["elsewhere", { countries: ["ca"] }, { order: { country: "US" } }, false],
      ["in other letters", { countries: ["CA"] }, { order: { country: "ca" } }, true],
      ["nowhere, in a shop of bricks", { countries: ["ca"] }, { order: { country: null } }, false],
    ],
  },
  "payment gateway": {
    example: { gateways: ["paypal"] },
    en: "on orders paid with PayPal",
    fr: "sur les commandes payées par PayPal",
    says: [
      [
        { gateways: ["gift_card", "store_house_card"] },
        "on orders paid with a gift card or store house card",
        "sur les commandes payées par carte-cadeau ou store house card",
      ],
    ],
    rows: [
      ["paid so", { gateways: ["PayPal"] }, { order: { gateways: ["paypal"] } }, true],
      ["partly paid so", { gateways: ["gift_card"] }, { order: { gateways: ["shopify_payments", "gift_card"] } }, true],
      ["paid otherwise", { gateways: ["paypal"] }, { order: { gateways: ["shopify_payments"] } }, false],
      ["by gift card and store credit", { gateways: ["gift_card"] }, { order: { gateways: ["shopify_store_credit", "gift_card"] } }, true],
      ["a gateway with a longer name", { gateways: ["manual"] }, { order: { gateways: ["manual_2"] } }, false],
      ["free of charge", { gateways: ["paypal"] }, { order: { gateways: [] } }, false],
    ],
  },
  "event property": {
    example: review,
    en: "when rating is at least 4",
    fr: "quand rating vaut au moins 4",
    says: [
      [
        { property: "platform", operator: "one of", values: ["tiktok", "youtube"] },
        "when platform is tiktok or youtube",
        "quand platform vaut tiktok ou youtube",
      ],
      [{ property: "platform", operator: "is not", values: ["x"] }, "when platform is not x", "quand platform ne vaut pas x"],
      [{ property: "stars", operator: "below", values: [2.5] }, "when stars is below 2.5", "quand stars est inférieur à 2,5"],
    ],
    refused: [
      { property: "rating", operator: "at least", values: ["four"] },
      { property: "rating", operator: "is", values: ["a", "b"] },
      { property: "rating", operator: "is", values: [] },
      { property: "", operator: "is", values: ["a"] },
    ],
    rows: [
      ["below the bound", review, event({ rating: 3.9 }), false],
      ["at the bound", review, event({ rating: 4 }), true],
      ["a number as a text", review, event({ rating: "5" }), true],
      ["a bound from a form", { ...review, values: ["4"] }, event({ rating: 4 }), true],
      ["a text that is no number", review, event({ rating: "five" }), false],
      ["what it lacks", review, event({}), false],
      ["what every object has", { property: "constructor", operator: "is not", values: ["x"] }, event({}), false],
      ["below", { property: "rating", operator: "below", values: [4] }, event({ rating: 4 }), false],
      ["a text in other letters", { property: "platform", operator: "is", values: [" TikTok"] }, event({ platform: "tiktok" }), true],
      ["is not", { property: "platform", operator: "is not", values: ["x"] }, event({ platform: "tiktok" }), true],
      ["is not, of one it lacks", { property: "platform", operator: "is not", values: ["x"] }, event({}), false],
      ["one of", { property: "n", operator: "one of", values: ["a", 2] }, event({ n: 2 }), true],
      ["none of", { property: "n", operator: "one of", values: ["a", 2] }, event({ n: 3 }), false],
      [
        "ids that are longer than numbers are exact",
        { property: "id", operator: "is", values: ["9007199254740993"] },
        event({ id: "9007199254740992" }),
        false,
      ],
      ["the same long id", { property: "id", operator: "is", values: ["9007199254740993"] }, event({ id: "9007199254740993" }), true],
      ["a number that is written otherwise", { property: "n", operator: "is", values: ["4.50"] }, event({ n: 4.5 }), true],
      ["below zero", { property: "n", operator: "below", values: [0] }, event({ n: "-0.5" }), true],
      ["not yes", { property: "photo", operator: "is", values: ["true"] }, event({ photo: false }), false],
      ["yes", { property: "photo", operator: "is", values: ["true"] }, event({ photo: true }), true],
    ],
  },
} satisfies Record<string, Story>;
