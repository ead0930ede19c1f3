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
