import type { SideReport } from "../../loyalty/insight/report.ts";
import type { Minor } from "../../loyalty/money.ts";
import { type Points, roundUp } from "../../loyalty/points.ts";

/**
 * What a side would cost if it gave so many points: each at what it costs in the side's own report, certificates
 * included, so that as many as it gives cost what the report says. Null where nobody knows.
 */
export const costAt = (points: Points, { points: given, cost }: Pick<SideReport, "points" | "cost">): Minor | null =>
  cost === null || given === 0 ? cost : roundUp(BigInt(points) * BigInt(cost), given);
