import { z } from "zod";
import type { OrderFacts } from "../../facts.ts";
import type { Say, Texts } from "../../say.ts";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts, plainText } from "../same-text.ts";

/** One of the ways in which the order was paid: part of it is enough. */
export const paymentGateway = conditionKind({
  name: "payment gateway",
  label: "Payment method",
  about: "order",
  triggers: ["order"],
  namesOrders: true,
  settings: z.strictObject({
    gateways: texts({ label: "Payment methods", help: "As Shopify calls them, such as paypal or gift_card.", suggest: "gateways" }),
  }),
  sentence: ({ gateways }, say) => {
    const named = say.list(gateways.map((code) => nameOfGateway(code, say)));
    return say.in({ en: `on orders paid with ${named}`, fr: `sur les commandes payées par ${named}` });
  },
  lookup: { wanted: ({ gateways }) => gateways, ofOccasion: ({ order }) => order?.gateways, sawNone: ({ order }) => waysOf(order) },
  compile: ({ gateways }) => {
    const isWanted = oneOfTexts(gateways);
    return ({ order }) => order?.gateways.some(isWanted) ?? false;
  },
  saw: ({ order }) => waysOf(order),
  sawAs: "text",
});

const known: Readonly<Record<string, Texts>> = {
  gift_card: { en: "a gift card", fr: "carte-cadeau" },
  cash: { en: "cash", fr: "espèces" },
  store_credit: { en: "store credit", fr: "crédit en magasin" },
  paypal: { en: "PayPal" },
  shopify_payments: { en: "Shopify Payments" },
  shop_cash: { en: "Shop Cash" },
  klarna: { en: "Klarna" },
  afterpay: { en: "Afterpay" },
  amazon_payments: { en: "Amazon Pay" },
};

/** A way of paying as a reader calls it: Shopify writes gift_card. */
export function nameOfGateway(code: string, say: Say): string {
  const name = known[plainText(code)];
  return name ? say.in(name) : code.replaceAll("_", " ");
}

const waysOf = (order: OrderFacts | null): string | null => order?.gateways.join(", ") || null;
