import { badge } from "./badge.ts";
import { byProductType } from "./by-product-type.ts";
import { certificate } from "./certificate.ts";
import { fixed } from "./fixed.ts";
import { perAmount } from "./per-amount.ts";
import { perItem } from "./per-item.ts";
import { percentBack } from "./percent-back.ts";
import { reward } from "./reward.ts";
import { severalUnits } from "./several-units.ts";
import { stamp } from "./stamp.ts";
import { tier } from "./tier.ts";

/** Every way of giving points. A new one is a file and a line here. */
export const awardKinds = [
  perAmount,
  fixed,
  perItem,
  percentBack,
  byProductType,
  severalUnits,
  stamp,
  reward,
  certificate,
  badge,
  tier,
] as const;
