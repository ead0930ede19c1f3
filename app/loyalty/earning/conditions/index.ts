import { birthdayWindow } from "./birthday-window.ts";
import { channel } from "./channel.ts";
import { collection } from "./collection.ts";
import { country } from "./country.ts";
import { currency } from "./currency.ts";
import { customerTag } from "./customer-tag.ts";
import { dateWindow } from "./date-window.ts";
import { daysSinceLastOrder } from "./days-since-last-order.ts";
import { discountCode } from "./discount-code.ts";
import { discounted } from "./discounted.ts";
import { eventProperty } from "./event-property.ts";
import { firstOrder } from "./first-order.ts";
import { itemCount } from "./item-count.ts";
import { memberSince } from "./member-since.ts";
import { nthOrder } from "./nth-order.ts";
import { orderAmount } from "./order-amount.ts";
import { paymentGateway } from "./payment-gateway.ts";
import { price } from "./price.ts";
import { product } from "./product.ts";
import { productTag } from "./product-tag.ts";
import { productType } from "./product-type.ts";
import { recurring } from "./recurring.ts";
import { segment } from "./segment.ts";
import { sku } from "./sku.ts";
import { subscription } from "./subscription.ts";
import { tier } from "./tier.ts";
import { variant } from "./variant.ts";
import { vendor } from "./vendor.ts";
import { weekday } from "./weekday.ts";

/** Every question that a rule can ask. A new one is a file and a line here. */
export const conditionKinds = [
  orderAmount,
  itemCount,
  product,
  variant,
  collection,
  productType,
  vendor,
  productTag,
  sku,
  price,
  discounted,
  discountCode,
  subscription,
  channel,
  currency,
  country,
  paymentGateway,
  firstOrder,
  nthOrder,
  daysSinceLastOrder,
  customerTag,
  segment,
  tier,
  memberSince,
  birthdayWindow,
  dateWindow,
  weekday,
  recurring,
  eventProperty,
] as const;
