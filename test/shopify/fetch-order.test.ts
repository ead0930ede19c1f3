import { expect, test } from "vitest";
import { factsOf } from "../../app/shopify/fetch-order.ts";

const usd = (amount: string) => ({ shopMoney: { amount } });
type Adjustment = { reason: string | null; amount: string };

/** An order of $100 as the Admin API answers it, with refunds that gave back no lines, tips, and more lines. */
function fetched({ refunds = [], tips = "0.00", more = [] }: { refunds?: Adjustment[][]; tips?: string; more?: object[] }) {
  const line = {
    id: "gid://shopify/LineItem/1",
    title: "Thing",
    quantity: 1,
    currentQuantity: 1,
    sku: null,
    vendor: null,
    isGiftCard: false,
    product: { id: "gid://shopify/Product/1" },
    variant: null,
    sellingPlan: null,
    originalUnitPriceSet: usd("100.00"),
    originalTotalSet: usd("100.00"),
    taxLines: [],
    discountAllocations: [],
  };
  const order = {
    id: "gid://shopify/Order/1",
    name: "#1",
    createdAt: "2026-05-01T10:00:00Z",
    updatedAt: "2026-05-01T10:00:00Z",
    cancelledAt: null,
    currencyCode: "USD",
    presentmentCurrencyCode: "USD",
    taxesIncluded: false,
    displayFinancialStatus: "PARTIALLY_REFUNDED",
    paymentGatewayNames: [],
    totalTipReceivedSet: usd(tips),
    shippingLines: { nodes: [] },
    discountApplications: { nodes: [] },
    discountCodes: [],
    allocations: { nodes: [] },
    refunds: refunds.map((adjustments, n) => ({
      id: `gid://shopify/Refund/${n + 1}`,
      createdAt: `2026-05-0${n + 2}T10:00:00Z`,
      processedAt: null,
      refundLineItems: { nodes: [] },
      refundShippingLines: { nodes: [] },
      orderAdjustments: { nodes: adjustments.map(({ reason, amount }) => ({ reason, amountSet: usd(amount) })) },
    })),
  };
  return factsOf(order as never, [line, ...more.map((one) => ({ ...line, ...one }))] as never);
}

test.each<[string, Adjustment[], number]>([
  ["without a reason of their own", [{ reason: "REFUND_DISCREPANCY", amount: "-10.0" }], 1_000],
  ["with a reason that staff chose", [{ reason: "DAMAGE", amount: "-10.0" }], 1_000],
  ["with another one", [{ reason: "CUSTOMER", amount: "-10.0" }], 1_000],
  [
    "as a pair that comes to nothing",
    [
      { reason: "REFUND_DISCREPANCY", amount: "71.39" },
      { reason: "PENDING_REFUND_DISCREPANCY", amount: "-71.39" },
    ],
    0,
  ],
  ["of shipping is told elsewhere, and has no reason here", [{ reason: null, amount: "-10.0" }], 0],
])("money given back beyond lines is taken off as in a webhook's body: %s", (_, adjustments, minor) => {
  const facts = fetched({ refunds: [adjustments] });
  expect([facts.refundedWithoutLines, facts.refunds[0]?.withoutLines]).toEqual([minor, minor]);
});

test.each([
  ["Tip", "7.0", 10_000],
  ["Trinkgeld", "7.0", 10_000],
  ["Engraving", "0.0", 10_700],
])("a line that is no product and called %s, where tips came to %s", (title, tips, counts) => {
  const facts = fetched({ tips, more: [{ title, product: null, originalUnitPriceSet: usd("7.00"), originalTotalSet: usd("7.00") }] });
  expect(facts.lines.reduce((sum, line) => sum + (line.tip ? 0 : line.net), 0)).toBe(counts);
});
