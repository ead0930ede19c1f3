import { z } from "zod";
import { points } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";

export const fixed = awardKind({
  name: "fixed",
  label: "Points for every order",
  settings: z.object({ points: points({ label: "Points" }) }),
  sentence: ({ points }, say) => say.in({ en: `${say.points(points)} for every order`, fr: `${say.points(points)} par commande` }),

  // An order of which nothing that counts remains was not an order.
  points: ({ amount }, { points }) => (amount > 0 ? points : 0),
});
