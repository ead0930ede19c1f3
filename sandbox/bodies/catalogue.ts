// Products and discounts as webhooks tell of them.

import { decimal } from "../money.ts";
import { type Collection, type Discount, gid, type Product } from "../world.ts";
import type { BodyContext } from "./index.ts";
import { number, zoned } from "./say.ts";

export function productBody({ world, state }: BodyContext, product: Product) {
  const { currency } = state.shop;
  const now = product.updatedAt ?? world.clock.now().toISOString();
  const variants = product.variants.map((variant, index) => ({
    admin_graphql_api_id: gid("ProductVariant", variant.id),
    barcode: null,
    compare_at_price: variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice, currency),
    created_at: null,
    id: number(variant.id),
    inventory_policy: "deny",
    position: index + 1,
    price: decimal(variant.price, currency),
    product_id: number(product.id),
    sku: variant.sku,
    taxable: !product.giftCard,
    title: variant.title,
    updated_at: zoned(now, state.shop),
    option1: variant.title,
    option2: null,
    option3: null,
    image_id: null,
    inventory_item_id: null,
    inventory_quantity: 100,
    old_inventory_quantity: 100,
  }));
  return {
    admin_graphql_api_id: gid("Product", product.id),
    body_html: product.description,
    created_at: null,
    handle: product.handle,
    id: number(product.id),
    product_type: product.productType,
    published_at: zoned(now, state.shop),
    template_suffix: null,
    title: product.title,
    updated_at: zoned(now, state.shop),
    vendor: product.vendor,
    status: "active",
    published_scope: "web",
    tags: product.tags.join(", "),
    variants,
    options: [],
    images: [],
    image: null,
    media: [],
    variant_gids: product.variants.map((variant) => ({ admin_graphql_api_id: gid("ProductVariant", variant.id), updated_at: now })),
    has_variants_that_requires_components: false,
    category: null,
  };
}

export const collectionBody = ({ world, state }: BodyContext, collection: Collection) => ({
  id: number(collection.id),
  handle: collection.handle,
  title: collection.title,
  updated_at: zoned(collection.updatedAt ?? world.clock.now().toISOString(), state.shop),
  body_html: "",
  published_at: zoned("2024-01-01T00:00:00Z", state.shop),
  sort_order: null,
  template_suffix: null,
  published_scope: "web",
  admin_graphql_api_id: gid("Collection", collection.id),
});

export const collectionDeleted = (collection: Collection) => ({
  id: number(collection.id),
  published_scope: "web",
  admin_graphql_api_id: gid("Collection", collection.id),
});

export const productDeleted = (product: Product) => ({ id: number(product.id) });

export const discountGid = (discount: Discount): string =>
  gid(discount.method === "code" ? "DiscountCodeNode" : "DiscountAutomaticNode", discount.id);

export function discountStatus(discount: Discount, now: Date): "ACTIVE" | "SCHEDULED" | "EXPIRED" {
  if (discount.endsAt && Date.parse(discount.endsAt) <= now.getTime()) return "EXPIRED";
  return Date.parse(discount.startsAt) > now.getTime() ? "SCHEDULED" : "ACTIVE";
}

export const discountBody = ({ world, state }: BodyContext, discount: Discount) => ({
  admin_graphql_api_id: discountGid(discount),
  title: discount.title,
  status: discountStatus(discount, world.clock.now()),
  created_at: zoned(discount.createdAt, state.shop),
  updated_at: zoned(discount.updatedAt, state.shop),
});

export const discountDeleted = ({ world, state }: BodyContext, discount: Discount) => ({
  admin_graphql_api_id: discountGid(discount),
  deleted_at: zoned(world.clock.now().toISOString(), state.shop),
});
