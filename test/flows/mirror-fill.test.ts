import { expect, test } from "vitest";
import { productFactsOf } from "../../app/db/mirror.ts";
import { searchCollections, searchProducts } from "../../app/db/read-catalogue.ts";
import type { Context } from "../../app/flows/context.ts";
import { askForFill, fillMirror } from "../../app/flows/mirror/fill-mirror.ts";
import { changeCustomer, createCustomer } from "../../sandbox/customers.ts";
import { placeOrder } from "../../sandbox/orders.ts";
import { changeProduct, createCollection, createProduct, deleteProduct } from "../../sandbox/products.ts";
import { gid, type Product } from "../../sandbox/world.ts";
import { anApp } from "../sandbox/a-world.ts";
import { useDatabase } from "../support/database.ts";
import { fill, fillsNow, goOnFilling } from "../support/fill.ts";
import { sandboxShop } from "../support/sandbox-shop.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

async function aShopToMirror(wish: Parameters<typeof sandboxShop>[0] = {}) {
  const shopify = sandboxShop(wish);
  const story = await openStory(at, { adminOf: async () => shopify.admin });
  const facts = (productGid: string, shopId = story.shopId) =>
    story.context.db
      .inProgramme(story.context.scope, (tx) => productFactsOf(tx, [{ shopId, productGid }]))
      .then((found) => found.get(`${shopId} ${productGid}`));
  return { shopify, story, facts };
}

const long = { at: "2025-03-01T10:00:00Z" };
const gidOf = (product: Product) => gid("Product", product.id);
const titled = (products: Product[], title: string) => products.find((one) => one.title === title) as Product;
const customersOf = async (story: Story) =>
  (
    await at.owner.query(
      `select c.customer_gid, c.birthday, c.order_count, c.last_order_at, c.tags, m.name, m.email, m.joined_at from customer c join member m using (program_id, member_id)
       where c.program_id = $1 order by c.customer_gid`,
      [story.programId],
    )
  ).rows;
const mirrorOf = async (story: Story) =>
  (
    await at.owner.query(
      `select (select json_agg(json_build_object('gid', product_gid, 'title', title, 'tags', tags, 'collections', collections, 'variants', variants, 'deleted', deleted_at is not null) order by product_gid) from product where program_id = $1) as products,
         (select json_agg(json_build_object('gid', collection_gid, 'title', title, 'deleted', deleted_at is not null) order by collection_gid) from collection where program_id = $1) as collections,
         (select count(*)::int from mirror_line where program_id = $1) as lines`,
      [story.programId],
    )
  ).rows[0];

test("at install the mirror is filled with what order bodies do not say", async () => {
  const { shopify, story, facts } = await aShopToMirror();
  createCollection(shopify.world, shopify.state, { title: "Empty" });
  await fill(story, ["products"]);

  const notebook = titled(shopify.products(), "Field notebook");
  expect(await facts(gidOf(notebook))).toEqual({
    type: "Stationery",
    vendor: "Juniper & Co",
    tags: ["paper"],
    collections: notebook.collections.map((id) => gid("Collection", id)),
    compareAt: { [gid("ProductVariant", notebook.variants[0]?.id ?? "")]: 1900 },
  });
  const found = await story.context.db.inProgramme(story.context.scope, (tx) => searchProducts(tx, { text: "", limit: 100 }));
  expect(found).toHaveLength(shopify.products().length);
  const collections = await story.context.db.inProgramme(story.context.scope, (tx) => searchCollections(tx, { text: "", limit: 100 }));
  expect(collections.map((one) => one.title)).toContain("Empty");
  expect(await fillsNow(story)).toMatchObject([{ what: "products", state: "done", found: 12, expected: 12 }]);
  expect((await mirrorOf(story)).lines).toBe(0);
});

test("of customers it keeps birthdays without the year and the orders there were; whoever has an account is a member since then", async () => {
  const { shopify, story } = await aShopToMirror();
  const { world, state } = shopify;
  const ann = createCustomer(
    world,
    state,
    { firstName: "Ann", lastName: "Lee", email: "ann@example.com", account: true, birthDate: "1990-02-29", tags: ["vip"] },
    { at: "2025-03-01T10:00:00Z" },
  );
  createCustomer(world, state, { email: "guest@example.com", birthDate: "1980-01-01" });
  const odd = createCustomer(
    world,
    state,
    { email: "odd@example.com", account: true, birthDate: "13 May" },
    { at: "2025-04-01T10:00:00Z" },
  );
  const variant = shopify.products()[0]?.variants[0]?.id ?? "";
  placeOrder(world, state, { customerId: ann.id, lines: [{ variantId: variant, quantity: 1 }], createdAt: "2026-05-02T10:00:00Z" });
  await fill(story, ["customers"]);

  expect(await customersOf(story)).toEqual([
    {
      customer_gid: gid("Customer", ann.id),
      birthday: "02-29",
      order_count: 1,
      last_order_at: new Date("2026-05-02T10:00:00Z"),
      tags: ["vip"],
      name: "Ann Lee",
      email: "ann@example.com",
      joined_at: new Date("2025-03-01T10:00:00Z"),
    },
    expect.objectContaining({ customer_gid: gid("Customer", odd.id), birthday: null, order_count: 0, last_order_at: null }),
  ]);
  expect(await fillsNow(story)).toMatchObject([{ state: "done", found: 3, expected: 3 }]);

  changeCustomer(world, state, ann, { birthDate: "1991-12-24" });
  story.clock.at = new Date("2026-06-02T12:00:00Z");
  await fill(story, ["customers"]);
  expect(await customersOf(story)).toMatchObject([{ birthday: "12-24" }, {}]);
});

test("a new account is left to its own webhook, which welcomes it", async () => {
  const { shopify, story } = await aShopToMirror();
  createCustomer(shopify.world, shopify.state, { email: "new@example.com", account: true }, { at: "2026-06-01T11:50:00Z" });
  await fill(story, ["customers"]);
  expect(await customersOf(story)).toEqual([]);
  story.clock.at = new Date("2026-06-01T13:00:00Z");
  await fill(story, ["customers"]);
  expect(await customersOf(story)).toMatchObject([{ email: "new@example.com" }]);
});

test("where the shop may not show names the mirror is filled without them", async () => {
  const { shopify, story } = await aShopToMirror({ app: anApp({ protectedData: false }) });
  createCustomer(
    shopify.world,
    shopify.state,
    { firstName: "Ann", email: "ann@example.com", account: true, birthDate: "1990-05-17" },
    long,
  );
  await fill(story);
  expect(await fillsNow(story)).toMatchObject([
    { what: "products", state: "done" },
    { what: "customers", state: "done", withNames: false },
  ]);
  expect(await customersOf(story)).toMatchObject([{ birthday: "05-17", name: null, email: null }]);
});

test("a bulk answer may tell children before their parents", async () => {
  const { shopify, story } = await aShopToMirror();
  await fill(story, ["products"]);
  const inOrder = await mirrorOf(story);
  shopify.bulk.answers = (jsonl) => jsonl.trimEnd().split("\n").reverse().join("\n");
  await at.owner.query("delete from product where program_id = $1", [story.programId]);
  await fill(story, ["products"]);
  const sorted = (mirror: typeof inOrder) =>
    mirror.products.map((one: { collections: string[]; variants: { gid: string }[] }) => ({
      ...one,
      collections: [...one.collections].sort(),
      variants: [...one.variants].sort((a, b) => (a.gid < b.gid ? -1 : 1)),
    }));
  expect(sorted(await mirrorOf(story))).toEqual(sorted(inOrder));
});

const points = [
  "the bulk query runs, we have not written it",
  "the bulk answer is read, not put together",
  "the mirror is filled, we have not said so",
];
test.each(points)("a fill that dies where %s comes again and ends the same", async (point) => {
  const { shopify, story } = await aShopToMirror();
  createCustomer(shopify.world, shopify.state, { email: "ann@example.com", account: true, birthDate: "1990-05-17" });
  let deaths = 0;
  const mortal: Context = {
    ...story.context,
    passing: (passed) => {
      if (passed === point && deaths++ === 0) throw new Error("killed");
    },
  };
  await story.context.db.inProgramme(story.context.scope, (tx) => askForFill(tx, { shopId: story.shopId, at: story.context.now() }));
  await expect(goOnFilling(story, mortal)).rejects.toThrow("killed");
  await goOnFilling(story, mortal);
  expect(deaths).toBeGreaterThanOrEqual(1);
  expect(await fillsNow(story)).toMatchObject([
    { what: "products", state: "done", found: 12 },
    { what: "customers", state: "done", found: 1 },
  ]);
  const mirror = await mirrorOf(story);
  expect(mirror.products).toHaveLength(12);
  expect(mirror.lines).toBe(0);
});

test("a bulk answer that breaks off is not taken for whole, and is read again", async () => {
  const { shopify, story } = await aShopToMirror();
  await fill(story, ["products"]);
  shopify.bulk.breakAfter = 3000;
  await expect(fill(story, ["products"])).rejects.toThrow();
  // Cut at a line's end: every line that came was good.
  shopify.bulk.breakAfter = undefined;
  shopify.bulk.answers = (jsonl) => `${jsonl.split("\n").slice(0, 5).join("\n")}\n`;
  await expect(goOnFilling(story)).rejects.toThrow("lines and 5 came");
  expect((await mirrorOf(story)).products.filter((one: { deleted: boolean }) => one.deleted)).toEqual([]);
  shopify.bulk.answers = undefined;
  await goOnFilling(story);
  expect((await mirrorOf(story)).products).toHaveLength(12);
});

test("a fill asked for again while one is under way counts alone, and another bulk query is waited for", async () => {
  const { shopify, story } = await aShopToMirror();
  const busy = {
    id: "77",
    type: "QUERY" as const,
    query: "{ orders { edges { node { id } } } }",
    status: "RUNNING" as "RUNNING" | "COMPLETED",
  };
  shopify.state.bulkOperations.set("77", {
    ...busy,
    errorCode: null,
    objectCount: 0,
    rootObjectCount: 0,
    jsonl: "",
    createdAt: "2026-06-01T00:00:00Z",
    completedAt: null,
  });
  await story.context.db.inProgramme(story.context.scope, (tx) =>
    askForFill(tx, { shopId: story.shopId, at: story.context.now(), what: ["products"] }),
  );
  const began = Date.now();
  await fillMirror(story.context, story.shopId);
  expect(await fillsNow(story)).toMatchObject([{ state: "waiting" }]);
  expect(shopify.calls).not.toContain("RunBulk");
  const [job] = await story.jobs("fill-mirror");
  expect(job?.runAt.getTime()).toBeGreaterThan(began + 1000);

  Object.assign(shopify.state.bulkOperations.get("77") ?? {}, { status: "COMPLETED" });
  await fillMirror(story.context, story.shopId);
  expect(await fillsNow(story)).toMatchObject([{ state: "running" }]);
  story.clock.at = new Date(story.clock.at.getTime() + 1000);
  await fill(story, ["products"]);
  expect(await fillsNow(story)).toMatchObject([{ state: "done", found: 12 }]);
});

test("a refill finds what was deleted and changed in silence, and leaves newer news alone", async () => {
  const { shopify, story, facts } = await aShopToMirror();
  const { world, state } = shopify;
  await fill(story, ["products"]);
  const [bowl, mug] = [titled(shopify.products(), "Serving bowl"), titled(shopify.products(), "Morning mug")];
  deleteProduct(world, state, bowl);
  // Heard by webhook, and newer than what the bulk answer will say.
  story.clock.at = new Date("2026-06-01T13:00:00Z");
  await story.deliver("products/update", {
    id: 1,
    admin_graphql_api_id: gidOf(mug),
    title: "Mug",
    product_type: "Newest",
    variants: [],
    tags: "",
    updated_at: "2027-01-01T00:00:00Z",
  });
  await story.drain();
  story.clock.at = new Date("2026-06-01T14:00:00Z");
  await fill(story, ["products"]);
  const { products } = await mirrorOf(story);
  expect(products.filter((one: { deleted: boolean }) => one.deleted)).toMatchObject([{ gid: gidOf(bowl), title: "Serving bowl" }]);
  expect(await facts(gidOf(bowl))).toMatchObject({ type: "Tableware", tags: ["stoneware"] });
  expect(await facts(gidOf(mug))).toMatchObject({ type: "Newest" });
});

test("a shop that does not let us ask is told why, and the other part is still filled", async () => {
  const { shopify, story } = await aShopToMirror();
  if (shopify.state.shop.installation) shopify.state.shop.installation.scopes = ["read_customers", "read_orders"];
  await fill(story);
  expect(await fillsNow(story)).toMatchObject([
    { what: "products", state: "failed", reason: "ACCESS_DENIED" },
    { what: "customers", state: "done" },
  ]);
});

test("five thousand products are streamed", { timeout: 60_000 }, async () => {
  const { shopify, story, facts } = await aShopToMirror({ shop: { shelves: "empty" } });
  const { world, state } = shopify;
  const kitchen = createCollection(world, state, { title: "Kitchen" });
  for (let number = 0; number < 5000; number++) {
    createProduct(world, state, {
      title: `Thing ${number}`,
      productType: `Type ${number % 40}`,
      tags: [`t${number % 7}`],
      collections: number % 2 ? [kitchen.id] : [],
      variants: [
        { title: "A", price: 100 },
        { title: "B", price: 200, compareAtPrice: 300 },
      ],
    });
  }
  const last = shopify.products().at(-1) as Product;
  await fill(story, ["products"]);
  expect(await fillsNow(story)).toMatchObject([{ state: "done", found: 5000, expected: 5000 }]);
  expect(await facts(gidOf(last))).toEqual({
    type: "Type 39",
    vendor: state.shop.name,
    tags: ["t1"],
    collections: [gid("Collection", kitchen.id)],
    compareAt: { [gid("ProductVariant", last.variants[0]?.id ?? "")]: null, [gid("ProductVariant", last.variants[1]?.id ?? "")]: 300 },
  });
  // Changing one afterwards touches that one.
  changeProduct(world, state, last, { productType: "Other" });
  expect(await facts(gidOf(last))).toMatchObject({ type: "Type 39" });
});
