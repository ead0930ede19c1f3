import type { z } from "zod";
import { bare } from "../../loyalty/program/schema-at.ts";
import { ladder, tier } from "../../loyalty/tiers/ladder.ts";

/** The parts of the ladder's schema, each as what it is. */
const itemOf = (list: z.ZodType): z.ZodType => (bare(list) as z.ZodArray).element as unknown as z.ZodType;

export const schemas = {
  ladder,
  level: tier,
  measure: itemOf(tier.shape.reach) as z.ZodDiscriminatedUnion,
  gift: itemOf(tier.shape.entry) as z.ZodDiscriminatedUnion,
  grant: itemOf(tier.shape.grants) as z.ZodObject,
  perk: itemOf(tier.shape.perks) as z.ZodObject,
  bought: bare(tier.shape.bought) as z.ZodObject,
  expiry: bare(tier.shape.expiry) as z.ZodDiscriminatedUnion,
  window: bare(ladder.shape.window) as z.ZodDiscriminatedUnion,
  term: bare(ladder.shape.term) as z.ZodDiscriminatedUnion,
};
