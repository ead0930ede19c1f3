import { z } from "zod";
import type { OrderFacts } from "../../facts.ts";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts } from "../same-text.ts";

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
    const named = say.list(gateways);
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

const waysOf = (order: OrderFacts | null): string | null => order?.gateways.join(", ") || null;
