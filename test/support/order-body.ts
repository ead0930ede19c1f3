/** An order body as Shopify sends it, of which a test states only what matters. Amounts are decimal strings. */
export type OrderWish = {
  id?: number | string;
  customer?: number | string | null;
  at?: string;
  updated?: string;
  lines?: LineWish[];
  status?: string;
  cancelled?: string | null;
  refunds?: RefundWish[];
  codes?: { code: string; amount: string }[];
  test?: boolean;
  email?: string | null;
  currency?: string;
  taxesIncluded?: boolean;
  shipping?: string;
  source?: string;
};
export type LineWish = {
  id?: number;
  price: string;
  quantity?: number;
  current?: number;
  discount?: string;
  giftCard?: boolean;
  tax?: string;
  title?: string;
  product?: number | null;
};
export type RefundWish = {
  id: number;
  lines?: { line: number; quantity: number; subtotal: string; tax?: string }[];
  discrepancy?: string;
  shipping?: string;
  at?: string;
};

export function orderBody(wish: OrderWish = {}) {
  const id = wish.id ?? 1001;
  const created = wish.at ?? "2026-05-01T10:00:00Z";
  const money = (amount: string) => ({
    shop_money: { amount, currency_code: wish.currency ?? "USD" },
    presentment_money: { amount, currency_code: wish.currency ?? "USD" },
  });
  const lines = wish.lines ?? [{ price: "100.00" }];
  return {
    id: typeof id === "string" ? Number(id) : id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    created_at: created,
    updated_at: wish.updated ?? created,
    processed_at: created,
    cancelled_at: wish.cancelled ?? null,
    currency: wish.currency ?? "USD",
    financial_status: wish.status ?? "paid",
    taxes_included: wish.taxesIncluded ?? false,
    test: wish.test ?? false,
    source_name: wish.source ?? "web",
    payment_gateway_names: ["bogus"],
    total_tip_received: "0.00",
    email: wish.email ?? null,
    customer:
      wish.customer === null
        ? null
        : {
            id: Number(wish.customer ?? 7),
            admin_graphql_api_id: `gid://shopify/Customer/${wish.customer ?? 7}`,
            first_name: "Ann",
            last_name: "Lee",
            email: "ann@example.com",
            state: "enabled",
          },
    discount_codes: (wish.codes ?? []).map((one) => ({ ...one, type: "fixed_amount" })),
    discount_applications: [],
    line_items: lines.map((line, index) => ({
      id: line.id ?? index + 1,
      admin_graphql_api_id: `gid://shopify/LineItem/${line.id ?? index + 1}`,
      title: line.title ?? `Thing ${index + 1}`,
      price: line.price,
      price_set: money(line.price),
      quantity: line.quantity ?? 1,
      current_quantity: line.current ?? line.quantity ?? 1,
      gift_card: line.giftCard ?? false,
      product_id: line.product === undefined ? 500 + index : line.product,
      variant_id: line.product === null ? null : 600 + index,
      sku: null,
      vendor: null,
      tax_lines: line.tax ? [{ price: line.tax, price_set: money(line.tax) }] : [],
      discount_allocations: line.discount
        ? [{ amount: line.discount, amount_set: money(line.discount), discount_application_index: 0 }]
        : [],
    })),
    shipping_lines: wish.shipping
      ? [{ id: 1, price: wish.shipping, price_set: money(wish.shipping), tax_lines: [], discount_allocations: [] }]
      : [],
    refunds: (wish.refunds ?? []).map((refund) => ({
      id: refund.id,
      admin_graphql_api_id: `gid://shopify/Refund/${refund.id}`,
      ...(refund.at ? { created_at: refund.at, processed_at: refund.at } : {}),
      refund_line_items: (refund.lines ?? []).map((line) => ({
        line_item_id: line.line,
        quantity: line.quantity,
        subtotal: Number(line.subtotal),
        subtotal_set: money(line.subtotal),
        total_tax: 0,
        total_tax_set: money(line.tax ?? "0.00"),
      })),
      order_adjustments: [
        ...(refund.discrepancy ? [{ kind: "refund_discrepancy", amount: refund.discrepancy, amount_set: money(refund.discrepancy) }] : []),
        ...(refund.shipping ? [{ kind: "shipping_refund", amount: `-${refund.shipping}`, amount_set: money(`-${refund.shipping}`) }] : []),
      ],
      refund_shipping_lines: [],
    })),
  };
}
