/**
 * A member's story in plain values: what they buy, return and do, and when. Played through a programme it shows how the
 * programme behaves; what each step says with `so` is what it has to come to.
 *
 * Times are those of the shop's clocks ("2026-03-14" is noon of that day), money is in everyday units: 35 is $35 and
 * 3,500 yen, so that one story is told in every currency.
 */
export type Story = {
  /** A sentence about the product. */
  name: string;
  /** Joined with the first step, unless it says when; the birthday as MM-DD. */
  member?: { joined?: string; birthday?: string; tags?: string[] };
  steps: StoryStep[];
  /** What comes to an end if nothing more happens, once the story is over. */
  expiring?: { on: string; points: number; unit?: string }[];
};

export type StoryStep = { at: string; so?: Outcome } & Deed;

export type Deed =
  | { buys: StoryItem[]; paidWith?: string; channel?: string; codes?: string[] }
  /** Sends an order back, the latest unless `of` counts another from 1: all of it, or so many of an item. */
  | { returns: "everything" | { title: string; quantity?: number }; of?: number }
  /** Something that is no purchase, by the name of its event, once or so many times. */
  | { does: string; times?: number; saying?: Record<string, string | number | boolean> }
  /** Exchanges points for a reward. */
  | { takes: string }
  /** Nothing: time has passed. */
  | { looks: string };

export type StoryItem = {
  title: string;
  /** Of one piece, in everyday units of money. */
  price: number;
  quantity?: number;
  type?: string;
  vendor?: string;
  tags?: string[];
  collections?: string[];
  productGid?: string;
  /** Taken off the line. */
  discount?: number;
};

/** Amounts are of points, or by unit. What is left out is not asked. */
export type Outcome = {
  /** What this step itself earned; less than zero where it took back. */
  earns?: Amounts;
  /** What the member holds, spendable or not. */
  has?: Amounts;
  /** The spendable part of it. */
  spendable?: Amounts;
  tier?: string | null;
  /** Rewards given free of charge since the step before, by a rule, a certificate or a tier: "note", or "note until 2026-03-02". */
  gifts?: string[];
  /** What ended since the step before. */
  expired?: Amounts;
  /** An exchange that was refused for lack of points. */
  refused?: boolean;
};

export type Amounts = number | Readonly<Record<string, number>>;
