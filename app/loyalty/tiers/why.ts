import type { Missing } from "./counting.ts";

/** Why a member's tier changed: plain values that are stored with the step, and said by say-why.ts. */
export type TierWhy =
  | { because: "joined" }
  | { because: "reached"; met: Missing[] }
  | { because: "bought"; months: number; until: number }
  | { because: "given" | "held"; by: string; said: string; until: number | null }
  /** The term, the window or a refund left less than it takes. */
  | { because: "fell short"; missing: Missing[]; afterGrace: boolean }
  | { because: "paid time over" }
  | { because: "given time over" | "hold over" | "released"; by: string; said: string }
  /** Another version of the programme came into force. */
  | { because: "programme" };

/** A change of tier. null is no tier at all. */
export type TierStep = { at: number; from: string | null; to: string | null; why: TierWhy };
