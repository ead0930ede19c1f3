import type { Definition } from "../definition.ts";
import { everydayUnit } from "../everyday-unit.ts";
import type { Template } from "./template.ts";

/**
 * The programme of a template in a shop's currency. What says who takes part and what never earns is the shop's own
 * and stays: it is no part of what a programme is like.
 */
export function beginFrom(template: Template, standing: Definition, currency: string): Definition {
  const made = template.make(everydayUnit(currency));
  const { excludeTag, shippingEarns, giftCardsEarn, tipsEarn, excludedProducts, excludedCollections, excludedProductTags } =
    standing.policies;
  const own = { excludeTag, shippingEarns, giftCardsEarn, tipsEarn, excludedProducts, excludedCollections, excludedProductTags };
  return { ...made, policies: { ...made.policies, ...own } };
}
