// The life of an order. Each verb changes it, says so by webhook, and refuses what Shopify would refuse.

export { cancelOrder } from "./orders/cancel.ts";
export { type EditWish, editOrder } from "./orders/edit.ts";
export { deleteOrder, fulfillOrder, giveOrderTo, tagOrder } from "./orders/later.ts";
export { payOrder } from "./orders/pay.ts";
export { type Checkout, placeOrder } from "./orders/place.ts";
export { type RefundWish, refundOrder } from "./orders/refund.ts";
export * from "./orders/totals.ts";
export type { When } from "./orders/touch.ts";
