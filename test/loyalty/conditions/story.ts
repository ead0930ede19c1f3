import type { Happening } from "../../../app/loyalty/earning/evaluate.ts";
import type { Circumstances } from "../../../app/loyalty/earning/judgement.ts";
import type { LineFacts, OrderFacts, ProductFacts } from "../../../app/loyalty/facts.ts";

/** What a condition is asked about. What is not said is an order of $50, placed on 1 May 2026, by a member of whom nothing is known. */
export type Facts = {
  at?: string;
  zone?: string;
  currency?: string;
  order?: Partial<OrderFacts>;
  line?: Partial<LineFacts>;
  lines?: Partial<LineFacts>[];
  /** Of the line's product; undefined: the mirror does not know it. */
  product?: Partial<ProductFacts>;
  tags?: string[];
  member?: Circumstances["member"];
  event?: Happening["event"];
  again?: boolean;
};

/** One kind: an example with its sentences, settings that are refused, and what it says of which facts. */
export type Story = {
  example: object;
  en: string;
  fr: string;
  says?: [settings: object, en: string, fr: string][];
  refused?: object[];
  rows: [what: string, settings: object, facts: Facts, holds: boolean][];
};
