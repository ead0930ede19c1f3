// Juniper & Co: things for a calm home. US dollars.

import type { Shelf } from "./catalogue.ts";

const sage = { ground: "#eef1e8", main: "#7d9471", shade: "#4f6348", light: "#f7f5ec" };
const clay = { ground: "#f6ece5", main: "#c77b58", shade: "#8e4f35", light: "#fbf3ea" };
const ink = { ground: "#e8edf2", main: "#4d6480", shade: "#2e3f55", light: "#f3f6f9" };
const sand = { ground: "#f4efe3", main: "#d8b878", shade: "#9c7b3c", light: "#fffaf0" };
const plum = { ground: "#f1e9f0", main: "#8d6285", shade: "#5c3d57", light: "#faf4f9" };

const small = (price: number) => [{ title: "Default Title", price }];

export const juniper: Shelf = {
  vendor: "Juniper & Co",
  collections: [
    { handle: "kitchen", title: "Kitchen" },
    { handle: "bath", title: "Bath" },
    { handle: "living", title: "Living" },
    { handle: "gifts", title: "Gifts" },
    { handle: "sale", title: "Last of the season" },
  ],
  products: [
    {
      title: "Market tote",
      type: "Bag",
      shape: "bag",
      colours: sage,
      collections: ["living", "gifts"],
      tags: ["cotton", "bestseller"],
      description: "Heavy organic cotton, long handles, room for a week of greens.",
      variants: [
        { title: "Sage", price: 3200 },
        { title: "Natural", price: 3200 },
      ],
    },
    {
      title: "Morning mug",
      vendor: "Clay Lane",
      type: "Tableware",
      shape: "mug",
      colours: clay,
      collections: ["kitchen", "gifts"],
      tags: ["stoneware", "bestseller"],
      description: "Thrown by hand in small batches. Holds a generous cup and keeps it warm.",
      variants: [
        { title: "Terracotta", price: 2400 },
        { title: "Oat", price: 2400 },
      ],
    },
    {
      title: "Juniper candle",
      type: "Candle",
      shape: "candle",
      colours: ink,
      collections: ["living", "gifts"],
      tags: ["soy"],
      description: "Juniper berry, cedar and a little smoke. Burns for forty-five hours.",
      variants: [
        { title: "Small", price: 1800 },
        { title: "Large", price: 3400 },
      ],
    },
    {
      title: "Olive hand wash",
      type: "Bath",
      shape: "bottle",
      colours: sage,
      collections: ["bath"],
      tags: ["refillable"],
      description: "Olive oil soap with rosemary, in a bottle made to be refilled.",
      variants: [
        { title: "300 ml", price: 1650 },
        { title: "Refill 1 l", price: 2900 },
      ],
    },
    {
      title: "Sea salt soap",
      vendor: "Skerry Soapworks",
      type: "Bath",
      shape: "soap",
      colours: ink,
      collections: ["bath", "gifts"],
      tags: ["vegan"],
      description: "Cold-pressed and cured for six weeks, with Atlantic salt.",
      variants: small(900),
    },
    {
      title: "Wool throw",
      vendor: "Fell & Fold",
      type: "Textile",
      shape: "blanket",
      colours: plum,
      collections: ["living"],
      tags: ["wool", "winter"],
      description: "Woven from undyed lambswool and finished with a twisted fringe.",
      variants: [
        { title: "Heather", price: 14800 },
        { title: "Fog", price: 14800 },
      ],
    },
    {
      title: "Serving bowl",
      vendor: "Clay Lane",
      type: "Tableware",
      shape: "bowl",
      colours: sand,
      collections: ["kitchen"],
      tags: ["stoneware"],
      description: "Wide, low and glazed inside: for salads, fruit and everything shared.",
      variants: small(5600),
    },
    {
      title: "Linen shirt",
      vendor: "Fell & Fold",
      type: "Clothing",
      shape: "shirt",
      colours: sand,
      collections: ["living"],
      tags: ["linen", "summer"],
      description: "A loose shirt in washed linen for slow weekends.",
      variants: [
        { title: "S", price: 8900 },
        { title: "M", price: 8900 },
        { title: "L", price: 8900 },
      ],
    },
    {
      title: "Field notebook",
      type: "Stationery",
      shape: "notebook",
      colours: clay,
      collections: ["living", "gifts", "sale"],
      tags: ["paper"],
      description: "Thread-bound, lies flat, takes a fountain pen.",
      variants: [{ title: "Default Title", price: 1400, compareAt: 1900 }],
    },
    {
      title: "Herb pot",
      type: "Garden",
      shape: "plant",
      colours: { ...clay, light: "#7d9471" },
      collections: ["kitchen", "living"],
      tags: ["terracotta"],
      description: "A breathing terracotta pot with its saucer, and basil to begin with.",
      variants: small(2700),
    },
    {
      title: "House blend tin",
      vendor: "Kiso Tea",
      type: "Pantry",
      shape: "tin",
      colours: plum,
      collections: ["kitchen", "sale"],
      tags: ["tea"],
      description: "Rooibos, orange and cardamom. Twenty mornings in a tin.",
      variants: [{ title: "Default Title", price: 1200, compareAt: 1500 }],
    },
    {
      title: "Gift card",
      type: "Gift card",
      shape: "card",
      colours: sage,
      collections: ["gifts"],
      giftCard: true,
      description: "Sent by e-mail, good for everything in the shop, never expires.",
      variants: [
        { title: "$25", price: 2500 },
        { title: "$50", price: 5000 },
        { title: "$100", price: 10000 },
      ],
    },
  ],
};
