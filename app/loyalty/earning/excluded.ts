import type { ProductFacts } from "../facts.ts";
import type { Definition } from "../program/definition.ts";
import type { IsExcluded } from "./eligible.ts";
import { oneOfTexts } from "./same-text.ts";

type Known = Readonly<Record<string, ProductFacts>> | undefined;

/**
 * What a programme excludes from earning as a whole, by product, collection and product tag (PRODUCT.md §7: which money
 * earns). null where it excludes nothing. Products are as they were pinned with the order.
 */
export function exclusionsOf(policies: Definition["policies"]): ((known: Known) => IsExcluded) | null {
  const { excludedProducts, excludedCollections, excludedProductTags } = policies;
  if (!excludedProducts && !excludedCollections && !excludedProductTags) return null;
  const products = new Set(excludedProducts?.map((one) => one.gid));
  const collections = new Set(excludedCollections?.map((one) => one.gid));
  const isTag = oneOfTexts(excludedProductTags ?? []);
  return (known) =>
    ({ productGid }) => {
      if (productGid === null) return false;
      const facts = known?.[productGid];
      return (
        products.has(productGid) || Boolean(facts && (facts.collections.some((gid) => collections.has(gid)) || facts.tags.some(isTag)))
      );
    };
}
