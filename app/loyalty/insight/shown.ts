import type { BacktestReport } from "./report.ts";

/** What tiers, rewards, badges and units are called, by id. */
export type Names = Record<"tier" | "reward" | "badge" | "unit", Record<string, string>>;

export type Person = { name: string | null; email: string | null; customerGid: string | null };

/** An order that changes, with how both sides came to their number. */
export type OrderShown = {
  orderGid: string;
  name: string;
  memberId: string | null;
  at: string;
  live: number;
  draft: number;
  told: { live: string[]; draft: string[] };
};

export type ReportShown = Omit<BacktestReport, "changedOrders"> & { changedOrders: OrderShown[]; ordersElsewhere: number };
