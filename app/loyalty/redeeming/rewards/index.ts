import { amountOff } from "./amount-off.ts";

/** Every kind of reward. A new one is a file and a line here. */
export const rewardKinds = [amountOff] as const;
