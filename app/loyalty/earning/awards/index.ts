import { fixed } from "./fixed.ts";
import { perAmount } from "./per-amount.ts";

/** Every way of giving points. A new one is a file and a line here. */
export const awardKinds = [perAmount, fixed] as const;
