// Kiso Tea: tea and what it is made with. Yen, prices with tax.

import type { Shelf } from "./catalogue.ts";

const leaf = { ground: "#edf2e4", main: "#7a9a4b", shade: "#4d6a2a", light: "#f8faf0" };
const roast = { ground: "#f3ebe2", main: "#9a6a44", shade: "#65412a", light: "#fbf5ee" };
const iron = { ground: "#e9ecee", main: "#4b5358", shade: "#2b3236", light: "#c9d0d4" };
const indigo = { ground: "#e7ebf3", main: "#41558f", shade: "#29386a", light: "#f4f6fc" };
const bamboo = { ground: "#f5f1df", main: "#cfb671", shade: "#94793a", light: "#fffbea" };

const one = (price: number) => [{ title: "Default Title", price }];

export const kiso: Shelf = {
  vendor: "Kiso Tea",
  collections: [
    { handle: "tea", title: "Tea" },
    { handle: "teaware", title: "Teaware" },
    { handle: "gifts", title: "Gifts" },
  ],
  products: [
    {
      title: "First-flush sencha",
      type: "Green tea",
      shape: "pouch",
      colours: leaf,
      collections: ["tea"],
      tags: ["spring"],
      description: "Picked in early May on the slopes above the river: sweet, grassy, bright.",
      variants: [
        { title: "100 g", price: 1620 },
        { title: "300 g", price: 4320 },
      ],
    },
    {
      title: "Hojicha",
      type: "Roasted tea",
      shape: "pouch",
      colours: roast,
      collections: ["tea"],
      tags: ["evening"],
      description: "Slowly roasted over charcoal. Toast, caramel, hardly any caffeine.",
      variants: [
        { title: "100 g", price: 980 },
        { title: "300 g", price: 2600 },
      ],
    },
    {
      title: "Genmaicha",
      type: "Green tea",
      shape: "pouch",
      colours: bamboo,
      collections: ["tea"],
      description: "Sencha with toasted rice, for every day.",
      variants: one(860),
    },
    {
      title: "Gyokuro",
      type: "Green tea",
      shape: "tin",
      colours: indigo,
      collections: ["tea", "gifts"],
      tags: ["shade-grown"],
      description: "Shaded for three weeks: deep, round, savoury.",
      variants: one(3240),
    },
    {
      title: "Ceremonial matcha",
      type: "Matcha",
      shape: "tin",
      colours: leaf,
      collections: ["tea"],
      tags: ["stone-ground"],
      description: "Ground on granite the week it is sent.",
      variants: [
        { title: "30 g", price: 2700 },
        { title: "100 g", price: 7560 },
      ],
    },
    {
      title: "Iron teapot",
      vendor: "Nambu Foundry",
      type: "Teaware",
      shape: "teapot",
      colours: iron,
      collections: ["teaware"],
      description: "Cast iron with an enamel lining. Keeps two cups warm for an hour.",
      variants: one(8800),
    },
    {
      title: "Indigo cup",
      vendor: "Arita Kiln",
      type: "Teaware",
      shape: "bowl",
      colours: indigo,
      collections: ["teaware", "gifts"],
      description: "Porcelain under an indigo glaze, no two alike.",
      variants: one(1980),
    },
    {
      title: "Matcha whisk",
      type: "Teaware",
      shape: "whisk",
      colours: bamboo,
      collections: ["teaware"],
      description: "A hundred tines cut from one piece of bamboo.",
      variants: one(2420),
    },
    {
      title: "Tea caddy",
      type: "Teaware",
      shape: "tin",
      colours: roast,
      collections: ["teaware"],
      description: "Cherry bark over tin, with a lid that sinks by its own weight.",
      variants: one(4950),
    },
    {
      title: "Tasting box",
      type: "Gift set",
      shape: "box",
      colours: bamboo,
      collections: ["gifts", "tea"],
      tags: ["bestseller"],
      description: "Six teas in small pouches and a card that tells how to brew each.",
      variants: one(2980),
    },
    {
      title: "Cold-brew bottle",
      type: "Teaware",
      shape: "bottle",
      colours: leaf,
      collections: ["teaware"],
      tags: ["summer"],
      description: "Borosilicate glass with a filter in its neck.",
      variants: one(2640),
    },
    {
      title: "Gift card",
      type: "Gift card",
      shape: "card",
      colours: indigo,
      collections: ["gifts"],
      giftCard: true,
      description: "Sent by e-mail, never expires.",
      variants: [
        { title: "¥3,000", price: 3000 },
        { title: "¥5,000", price: 5000 },
        { title: "¥10,000", price: 10000 },
      ],
    },
  ],
};
