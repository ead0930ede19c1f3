import type { Happening } from "../earning/evaluate.ts";
import type { Counted } from "../earning/history.ts";
import type { Budget, Circumstances } from "../earning/judgement.ts";
import type { BirthdayWindows } from "../earning/occasion.ts";
import type { TrailEntry } from "../earning/trail.ts";
import type { OrderFacts, ProductFacts } from "../facts.ts";
import type { Points } from "../points.ts";
import type { Phase } from "../program/phase.ts";

/** An order that was placed or an event that happened, with what was pinned when it was first settled. */
export type PastOccasion = {
  /** Tells occasions of one instant apart, as trails do. */
  key: string;
  /** Epoch milliseconds. */
  placedAt: number;
  memberId: string;
  version: number;
  phase: Phase;
  testTag: string | null;
  tags: readonly string[];
  memberState: Circumstances["memberState"];
  pins: Pinned | null;
  /** What it left in its member's history, where that was written down when it was settled. */
  trail: TrailEntry[] | null;
  /**
   * When it was first seen, and each time that something was posted for it with the points that it was due then; and when
   * an order was paid. Asked for where members get more than occasions earn.
   */
  heard?: { posted: readonly { at: number; due: Points | null }[]; paidAt: number | null };
  /** What the mirror has now of products that were not pinned: for a draft that asks about them. */
  products?: Readonly<Record<string, ProductFacts>>;
} & (
  | {
      kind: "order";
      facts: OrderFacts;
      shopId: string;
      deletedAt: number | null;
      /** Read from Shopify for backtests: it never earned. */
      imported: boolean;
    }
  | { kind: "event"; happening: Happening }
);

export type Pinned = {
  products?: Record<string, ProductFacts>;
  segments?: string[];
  windows?: BirthdayWindows | null;
  counted?: Counted | null;
  room?: Partial<Record<Budget, Points>>;
  spent?: Partial<Record<Budget, Points>>;
};
