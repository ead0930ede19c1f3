import type { Definition } from "../definition.ts";
import type { Story } from "../story.ts";

/** What a merchant wants of a programme. */
export const objectives = {
  "bring back": "Bring customers back",
  "raise the basket": "Raise the basket",
  recruit: "Win new members",
  "reward the best": "Reward the best",
  "clear a cause": "Stand for a cause",
} as const;

export type Objective = keyof typeof objectives;

/** A whole programme to begin with: what it is for, what it is made of, and how it has been seen to behave. */
export type Template = {
  id: string;
  name: string;
  /** What it does, in a sentence or two. */
  summary: string;
  objectives: readonly Objective[];
  goodFor: string;
  /** `unit` is one everyday unit of money in minor units: 100 for a dollar, 100 for a hundred yen, 1000 for a dinar. */
  make: (unit: number) => Definition;
  /** What only the merchant can fill in afterwards, each as a sentence. */
  asks?: readonly string[];
  /** The programme with such things filled in, as the examples take it to be. */
  filledIn?: (made: Definition) => Definition;
  examples: readonly Story[];
};
