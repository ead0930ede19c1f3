import type { BacktestReport } from "../../loyalty/insight/report.ts";

export type Names = Record<"tier" | "reward" | "badge" | "unit", Record<string, string>>;

export type Person = { name: string | null; email: string | null; customerGid: string | null };

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

export type BacktestNow = {
  backtestId: string;
  state: "waiting" | "running" | "done" | "cancelled" | "failed";
  cancelAsked: boolean;
  done: number;
  total: number | null;
  reason: string | null;
  askedBy: string;
  askedAt: string | Date;
};

export const tones = { waiting: "attention", running: "info", done: "success", cancelled: undefined, failed: "critical" } as const;
