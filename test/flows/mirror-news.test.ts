import { describe, expect, test } from "vitest";
import { productFactsOf } from "../../app/db/mirror.ts";
import { productTags, productTypes, searchCollections, searchProducts, skus, vendors } from "../../app/db/read-catalogue.ts";
import { fetchProducts } from "../../app/flows/mirror/fetch-products.ts";
import { refreshCollection, refreshProducts } from "../../app/flows/mirror/refresh-products.ts";
import { customerSegments, segmentsOf } from "../../app/shopify/segments.ts";
import { sellingPlansOf } from "../../app/shopify/selling-plans.ts";
import { createCustomer } from "../../sandbox/customers.ts";
import {
  changeCollection,
  changeProduct,
  createCollection,
  createProduct,
  deleteCollection,
  deleteProduct,
} from "../../sandbox/products.ts";
import { gid, type Product } from "../../sandbox/world.ts";
import { aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";
import { fill, fillsNow } from "../support/fill.ts";
import { sandboxShop } from "../support/sandbox-shop.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
const productGid = "gid://shopify/Product/5";

async function aShopWithNews(shelves: "juniper" | "empty" = "empty") {
  const shopify = sandboxShop({ shop: { shelves } });
  const story = await openStory(at, { adminOf: async () => shopify.admin });
  let told = 0;
  /** Delivers what the sandbox has sent since, in the order given. */
  const hear = async (order: (topics: number[]) => number[] = (all) => all) => {
    const fresh = [...shopify.state.deliveries.values()].slice(told);
    told += fresh.length;
    for (const index of order(fresh.map((_, at) => at))) {
      const one = fresh[index];
      if (one) await story.deliver(one.topic, one.body, { triggeredAt: one.triggeredAt });
    }
    await story.drain();
  };
  return { shopify, story, hear, facts: (of: string) => factsOf(story, of) };
}

const factsOf = async (story: Story, of: string, shopId = story.shopId) =>
  (await story.context.db.inProgramme(story.context.scope, (tx) => productFactsOf(tx, [{ shopId, productGid: of }]))).get(
    `${shopId} ${of}`,
  );
const rowOf = async (story: Story, of = productGid) =>
  (
    await at.owner.query(
      "select title, type, tags, collections, variants, deleted_at from product where program_id = $1 and product_gid = $2",
      [story.programId, of],
    )
  ).rows[0];
const reasons = async (story: Story) =>
  (await at.owner.query("select topic, state, reason from inbox where program_id = $1 order by id", [story.programId])).rows;
const gidOf = (product: Product) => gid("Product", product.id);

const body = (differs: object = {}) => ({
  id: 5,
  title: "Mug",
  handle: "mug",
  product_type: "Tableware",
  vendor: "Clay Lane",
  tags: "stoneware, bestseller",
  variants: [{ id: 50, title: "Oat", sku: "MUG-OAT", price: "24.00", compare_at_price: "30.00" }],
  updated_at: "2026-05-01T10:00:00-04:00",
  ...differs,
});

describe("a product's news", () => {
  test("of two the newer stands, in whichever order they come", async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const story = await openStory(at);
      for (const hour of order) {
        await story.deliver("products/update", body({ title: `At ${hour}`, updated_at: `2026-05-01T0${hour}:00:00Z` }));
        await story.drain();
      }
      expect(await rowOf(story)).toMatchObject({ title: "At 2" });
    }
  });

  test("a deleted product stays deleted when older news come after, also the first of them, and keeps what was known", async () => {
    const story = await openStory(at);
    await story.deliver("products/create", body({ updated_at: "2026-05-01T01:00:00Z" }));
    await story.deliver("products/delete", { id: 5 }, { triggeredAt: "2026-05-01T03:00:00Z" });
    await story.deliver("products/update", body({ title: "Late", updated_at: "2026-05-01T02:00:00Z" }));
    await story.deliver("products/delete", { id: 6 }, { triggeredAt: "2026-05-01T03:00:00Z" });
    await story.deliver("products/create", body({ id: 6, updated_at: "2026-05-01T02:00:00Z" }));
    await story.drain();
    expect(await rowOf(story)).toMatchObject({ title: "Mug", deleted_at: new Date("2026-05-01T03:00:00Z") });
    expect(await rowOf(story, "gid://shopify/Product/6")).toMatchObject({ deleted_at: new Date("2026-05-01T03:00:00Z") });
    expect(await factsOf(story, productGid)).toMatchObject({
      type: "Tableware",
      tags: ["stoneware", "bestseller"],
      compareAt: { "gid://shopify/ProductVariant/50": 3000 },
    });
    expect((await reasons(story)).map((one) => one.state)).toEqual(["done", "done", "ignored", "done", "ignored"]);
  });

  test("variants that the body only names are kept as they were known", async () => {
    const story = await openStory(at);
    const variant = (id: number, price: string) => ({ id, title: `V${id}`, sku: null, price, compare_at_price: null });
    await story.deliver("products/create", body({ variants: [variant(50, "1.00"), variant(51, "2.00"), variant(52, "3.00")] }));
    const named = [50, 51].map((id) => ({ admin_graphql_api_id: gid("ProductVariant", String(id)) }));
    await story.deliver(
      "products/update",
      body({ variants: [variant(50, "9.00")], variant_gids: named, updated_at: "2026-05-02T10:00:00Z" }),
    );
    await story.drain();
    expect((await rowOf(story)).variants.map((one: { gid: string; priceMinor: number }) => [one.gid, one.priceMinor])).toEqual([
      [gid("ProductVariant", "50"), 900],
      [gid("ProductVariant", "51"), 200],
    ]);
  });

  const garbage: [string, string, object | string][] = [
    ["no id", "products/update", body({ id: null })],
    ["an id that is none", "products/update", body({ id: "5; drop table product" })],
    ["the id of something else", "products/update", body({ id: null, admin_graphql_api_id: "gid://shopify/Order/5" })],
    ["no variants", "products/update", body({ variants: "none" })],
    ["a price that is none", "products/update", body({ variants: [{ id: 50, price: "cheap" }] })],
    ["a price beyond counting", "products/update", body({ variants: [{ id: 50, price: "9".repeat(40) }] })],
    ["no JSON", "products/create", "<html>"],
    ["a list", "products/create", "[1, 2]"],
    ["a deletion of nothing", "products/delete", {}],
    ["a collection without id", "collections/update", { title: "Gifts" }],
    ["a collection's deletion of nothing", "collections/delete", "null"],
  ];
  test.each(garbage)("garbage is refused and said so: %s", async (_, topic, sent) => {
    const story = await openStory(at);
    await story.deliver(topic, sent, { triggeredAt: "2026-05-01T10:00:00Z" });
    await story.drain();
    expect(story.failures).toEqual([]);
    expect(await reasons(story)).toMatchObject([{ state: "failed", reason: expect.stringMatching(/^(The|"|9)/) }]);
    expect(
      (
        await at.owner.query("select 1 from product where program_id = $1 union all select 1 from collection where program_id = $1", [
          story.programId,
        ])
      ).rows,
    ).toEqual([]);
  });

  test("odd bodies are read as far as they go", async () => {
    const story = await openStory(at);
    await story.deliver(
      "products/update",
      { id: 5, variants: [null, 7, { id: 50, price: "1.005", compare_at_price: "0.00" }], tags: ["a", "", 7], updated_at: "yesterday" },
      { triggeredAt: "2026-05-01T10:00:00Z" },
    );
    await story.drain();
    expect(await rowOf(story)).toMatchObject({
      title: "",
      type: "",
      tags: ["a"],
      variants: [{ gid: gid("ProductVariant", "50"), priceMinor: 101, compareAtMinor: null }],
    });
  });

  test("another shop's product is another, though their ids were the same", async () => {
    const story = await openStory(at);
    const { scope: other } = await aShop(at, { programId: story.programId });
    await story.deliver("products/create", body());
    await story.deliver("products/delete", { id: 5 }, { triggeredAt: "2026-06-01T10:00:00Z" });
    await story.drain();
    expect(await factsOf(story, productGid)).toBeDefined();
    expect(await factsOf(story, productGid, other.shopId)).toBeUndefined();
  });
});

test("what is in which collection is asked for a moment after a product or a collection changed", async () => {
  const began = Date.now();
  const { shopify, story, hear, facts } = await aShopWithNews();
  const { world, state } = shopify;
  const gifts = createCollection(world, state, { title: "Gifts" });
  const mug = createProduct(world, state, { title: "Mug", productType: "Tableware", collections: [gifts.id] });
  const bowl = createProduct(world, state, { title: "Bowl" });
  await hear((all) => all.reverse());
  // Not before its collections were asked for is a product known whole.
  expect(await facts(gidOf(mug))).toBeUndefined();
  expect(await story.jobs("refresh-products")).toHaveLength(1);
  await refreshProducts(story.context, story.shopId);
  expect(await facts(gidOf(mug))).toMatchObject({ type: "Tableware", collections: [gid("Collection", gifts.id)] });
  expect(shopify.calls.filter((one) => one === "MirrorProducts")).toHaveLength(1);
  await refreshProducts(story.context, story.shopId);
  expect(shopify.calls.filter((one) => one === "MirrorProducts")).toHaveLength(1);

  story.clock.at = new Date("2026-06-01T13:00:00Z");
  changeCollection(world, state, gifts, { products: [bowl.id] });
  await hear();
  const [job] = (await story.jobs("refresh-collection")).filter((one) => one.payload.collectionGid === gid("Collection", gifts.id));
  expect(job?.runAt.getTime()).toBeGreaterThan(began + 1000);
  await refreshCollection(story.context, { shopId: story.shopId, collectionGid: gid("Collection", gifts.id) });
  expect(await facts(gidOf(mug))).toMatchObject({ collections: [] });
  expect(await facts(gidOf(bowl))).toMatchObject({ collections: [gid("Collection", gifts.id)] });

  deleteCollection(world, state, gifts);
  await hear();
  expect(await facts(gidOf(bowl))).toMatchObject({ collections: [] });
  const found = await story.context.db.inProgramme(story.context.scope, (tx) => searchCollections(tx, { text: "gift", limit: 5 }));
  expect(found).toEqual([]);
});

test("more changes than can be asked for one by one are asked for in bulk", async () => {
  const { shopify, story, hear } = await aShopWithNews();
  for (let number = 0; number < 260; number++) createProduct(shopify.world, shopify.state, { title: `Thing ${number}` });
  await hear();
  await refreshProducts(story.context, story.shopId);
  expect(shopify.calls).toEqual([]);
  expect(await fillsNow(story)).toMatchObject([{ what: "products", state: "waiting" }]);
  await fill(story, ["products"]);
  const { rows } = await at.owner.query("select count(*)::int as due from product where program_id = $1 and collections_due", [
    story.programId,
  ]);
  expect(rows).toEqual([{ due: 0 }]);
});

test("an order that waits for products gets them, and one that Shopify does not know keeps nobody waiting", async () => {
  const { shopify, story, facts } = await aShopWithNews("juniper");
  const [first] = shopify.products();
  const gone = createProduct(shopify.world, shopify.state, { title: "Gone" });
  deleteProduct(shopify.world, shopify.state, gone);
  const theirs = "gid://shopify/Product/4242424242";
  const waited: string[] = [];
  await fetchProducts(
    story.context,
    { shopId: story.shopId, productGids: [gidOf(first as Product), gidOf(gone), theirs, "gid://shopify/Order/1", gidOf(gone)] },
    async () => {
      for (const of of [gidOf(first as Product), gidOf(gone), theirs]) if (await facts(of)) waited.push(of);
    },
  );
  expect(waited).toEqual([gidOf(first as Product), gidOf(gone), theirs]);
  expect(await facts(theirs)).toEqual({ type: "", vendor: "", tags: [], collections: [], compareAt: {} });
  expect(await facts(gidOf(first as Product))).toMatchObject({ type: "Bag", compareAt: expect.any(Object) });
  // Should it exist after all, its news are newer than our guess.
  await story.deliver("products/update", body({ id: 4242424242, updated_at: "2020-01-01T00:00:00Z" }));
  await story.drain();
  expect(await rowOf(story, theirs)).toMatchObject({ type: "Tableware", deleted_at: null });
});

test("a product that changed while Shopify was asked is asked for again", async () => {
  const { shopify, story, hear } = await aShopWithNews();
  const mug = createProduct(shopify.world, shopify.state, { title: "Mug" });
  await hear();
  const slow = {
    ...shopify.admin,
    call: async <T>(document: string, variables?: Record<string, unknown>) => {
      const answer = await shopify.admin.call<T>(document, variables);
      // After Shopify looked and before we write.
      story.clock.at = new Date(story.clock.at.getTime() + 1000);
      changeProduct(shopify.world, shopify.state, mug, { tags: ["new"] });
      await hear();
      return answer;
    },
  };
  await refreshProducts({ ...story.context, adminOf: async () => slow }, story.shopId);
  expect(await rowOf(story, gidOf(mug))).toMatchObject({ tags: ["new"] });
  const { rows } = await at.owner.query("select collections_due from product where program_id = $1", [story.programId]);
  expect(rows).toEqual([{ collections_due: true }]);
});

test("the pickers find what the shop sells, by any of its words", async () => {
  const { shopify, story } = await aShopWithNews("juniper");
  createProduct(shopify.world, shopify.state, { title: "100% wool", productType: "textile", tags: ["Soy", "odd_one"] });
  await fill(story, ["products"]);
  const find = <T>(search: (tx: Parameters<typeof productTypes>[0]) => Promise<T>) =>
    story.context.db.inProgramme(story.context.scope, search);
  expect((await find((tx) => searchProducts(tx, { text: "MUG", limit: 5 }))).map((one) => one.title)).toEqual(["Morning mug"]);
  expect((await find((tx) => searchProducts(tx, { text: "100%", limit: 5 }))).map((one) => one.title)).toEqual(["100% wool"]);
  expect(await find((tx) => searchCollections(tx, { text: "kit", limit: 5 }))).toMatchObject([{ title: "Kitchen", products: 4 }]);
  expect(await find((tx) => productTypes(tx, { text: "te", limit: 5 }))).toEqual(["Textile"]);
  expect(await find((tx) => vendors(tx, { text: "fell", limit: 5 }))).toEqual(["Fell & Fold"]);
  expect(await find((tx) => productTags(tx, { text: "d_o", limit: 5 }))).toEqual(["odd_one"]);
  expect(await find((tx) => skus(tx, { text: "throw", limit: 1 }))).toEqual(["WOOL-THROW-FOG"]);
});

test("a shop's selling plans are named with their groups", async () => {
  const { shopify } = await aShopWithNews();
  const groups = { "1": ["Weekly", "Monthly"], "2": ["Yearly"] };
  for (const [id, plans] of Object.entries(groups))
    shopify.state.sellingPlanGroups.set(id, {
      id,
      name: id === "1" ? "Subscribe and save" : "Membership",
      plans: plans.map((name, at) => ({ id: `${id}${at}`, name })),
      createdAt: "2026-01-01T00:00:00Z",
    });
  expect(await sellingPlansOf(shopify.admin)).toEqual([
    { sellingPlanGid: gid("SellingPlan", "20"), name: "Membership: Yearly" },
    { sellingPlanGid: gid("SellingPlan", "11"), name: "Subscribe and save: Monthly" },
    { sellingPlanGid: gid("SellingPlan", "10"), name: "Subscribe and save: Weekly" },
  ]);
});

test("which segments a customer belongs to is Shopify's to say", async () => {
  const { shopify } = await aShopWithNews();
  const { world, state } = shopify;
  const ann = createCustomer(world, state, { email: "ann@example.com", tags: ["gold"] });
  const bo = createCustomer(world, state, { email: "bo@example.com" });
  const segment = (id: string, name: string, more: object) =>
    state.segments.set(id, {
      id,
      name,
      query: "customer_tags CONTAINS 'gold'",
      createdAt: "2026-01-01T00:00:00Z",
      updatedAt: "2026-01-01T00:00:00Z",
      ...more,
    });
  segment("1", "Gold", {});
  segment("2", "Asked to the party", { query: "customer_tags CONTAINS 'nobody'", members: [bo.id] });
  const [gold, party, none] = ["1", "2", "3"].map((id) => gid("Segment", id)) as [string, string, string];
  expect(await segmentsOf(shopify.admin)).toEqual([
    { segmentGid: party, name: "Asked to the party" },
    { segmentGid: gold, name: "Gold" },
  ]);
  expect(await customerSegments(shopify.admin, gid("Customer", ann.id), [gold, party, none])).toEqual([gold]);
  expect(await customerSegments(shopify.admin, gid("Customer", bo.id), [gold, party, none])).toEqual([party]);
  expect(await customerSegments(shopify.admin, gid("Customer", bo.id), [])).toEqual([]);
});

test("who is forgotten has no birthday any more, and a fill does not bring it back", async () => {
  const { shopify, story } = await aShopWithNews();
  const ann = createCustomer(
    shopify.world,
    shopify.state,
    { email: "ann@example.com", account: true, birthDate: "1990-05-17" },
    { at: "2025-03-01T10:00:00Z" },
  );
  await fill(story, ["customers"]);
  const kept = async () =>
    (
      await at.owner.query(
        "select birthday, birthday_known_at, order_count, last_order_at, counted_at from customer where program_id = $1",
        [story.programId],
      )
    ).rows;
  expect(await kept()).toMatchObject([{ birthday: "05-17", order_count: 0 }]);
  await story.deliver("customers/data_request", { customer: { id: Number(ann.id) } });
  await story.drain();
  const { rows } = await at.owner.query("select answer from data_request where program_id = $1", [story.programId]);
  expect(rows).toMatchObject([{ answer: { birthday: "05-17", ordersBefore: 0 } }]);

  await story.deliver("customers/redact", { customer: { id: Number(ann.id), email: "ann@example.com" } });
  await story.drain();
  await fill(story, ["customers"]);
  expect(await kept()).toEqual([{ birthday: null, birthday_known_at: null, order_count: null, last_order_at: null, counted_at: null }]);
});
