import { z } from "zod";
import { choice } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";

export const subscription = conditionKind({
  name: "subscription",
  label: "Subscription or one-time purchase",
  about: "items",
  triggers: ["order"],
  settings: z.strictObject({ bought: choice({ label: "Bought" }, { subscription: "As a subscription", once: "Once" }) }),
  sentence: ({ bought }, say) =>
    bought === "subscription"
      ? say.in({ en: "on subscriptions", fr: "sur les abonnements" })
      : say.in({ en: "on one-time purchases", fr: "sur les achats ponctuels" }),
  compile:
    ({ bought }) =>
    ({ line }) =>
      line.subscription === (bought === "subscription"),
});
