import { z } from "zod";
import { minorUnits } from "../../settings.ts";
import { rewardKind } from "../reward-kind.ts";

export const amountOff = rewardKind({
  name: "amount off",
  label: "Amount off an order",
  settings: z.object({
    amount: minorUnits({ label: "Amount off" }),
    minimum: minorUnits({ label: "Minimum order", help: "Leave empty for no minimum." }).nullable(),
  }),
  sentence: ({ amount, minimum }, say) =>
    say.in({
      en: `${say.money(amount)} off${minimum ? ` an order of ${say.money(minimum)} or more` : ""}`,
      fr: `${say.money(amount)} de réduction${minimum ? ` dès ${say.money(minimum)} d’achat` : ""}`,
    }),
  discount: ({ amount, minimum }) => ({ off: { amount }, minimumSubtotal: minimum }),
  faceValue: ({ amount }) => amount,
});
