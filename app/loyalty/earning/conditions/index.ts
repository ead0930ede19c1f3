import { collection } from "./collection.ts";
import { orderAmount } from "./order-amount.ts";
import { tier } from "./tier.ts";
import { weekday } from "./weekday.ts";

/** Every question that a rule can ask. A new one is a file and a line here. */
export const conditionKinds = [orderAmount, collection, tier, weekday] as const;
