// The Admin API as an app meets it: what it answers, and what it refuses in Shopify's words.

import { describe, expect, test } from "vitest";
import { adminSchema } from "../../sandbox/admin-api/schema.ts";
import { appNamespace, installationId } from "../../sandbox/app-ids.ts";
import type { Customer } from "../../sandbox/world.ts";
import { app, type SmallWorld, smallWorld } from "./admin-world.ts";
import { documents } from "./documents.ts";

test("all of Shopify's schema is there", () => {
  expect(Object.keys(adminSchema().graphql.getTypeMap()).length).toBeGreaterThan(3_000);
});

describe("every operation the app may send", () => {
  test.each(documents)("$name is answered", ({ query, variables }) => {
    const { ask, state } = smallWorld();
    const own = JSON.parse(JSON.stringify(variables).replace("AppInstallation/OWN", `AppInstallation/${installationId(app, state.shop)}`));
    const answer = ask(query, own);
    expect(answer.errors).toBeUndefined();
    expect(userErrorsIn(answer.data)).toEqual([]);
  });
});

describe("an order", () => {
  const read = (small: SmallWorld) =>
    small.ask(documents.find(({ name }) => name === "order-get")?.query ?? "", { id: "gid://shopify/Order/1" }).data as {
      order: Record<string, unknown>;
    };

  test("shows what it came to and what it comes to now", () => {
    const { order } = read(smallWorld());
    const usd = (amount: string) => ({ shopMoney: { amount, currencyCode: "USD" } });
    expect(order).toMatchObject({
      id: "gid://shopify/Order/1",
      displayFinancialStatus: "PARTIALLY_REFUNDED",
      subtotalPriceSet: usd("45.0"),
      totalPriceSet: { ...usd("50.0"), presentmentMoney: { amount: "45.0", currencyCode: "EUR" } },
      currentSubtotalPriceSet: usd("22.5"),
      currentTotalPriceSet: usd("27.5"),
      totalDiscountsSet: usd("5.0"),
      totalRefundedSet: usd("22.5"),
      netPaymentSet: usd("27.5"),
      discountCodes: ["LOY-1"],
      customer: { id: "gid://shopify/Customer/1" },
    });
    expect(order.lineItems).toMatchObject({
      nodes: [
        {
          quantity: 2,
          currentQuantity: 1,
          originalTotalSet: { shopMoney: { amount: "50.0" } },
          discountedTotalSet: { shopMoney: { amount: "45.0" } },
          discountAllocations: [
            {
              allocatedAmountSet: { shopMoney: { amount: "5.0" } },
              discountApplication: { index: 0, __typename: "DiscountCodeApplication" },
            },
          ],
        },
      ],
    });
    expect(order.refunds).toMatchObject([
      { refundLineItems: { nodes: [{ quantity: 1, restockType: "RETURN", subtotalSet: { shopMoney: { amount: "22.5" } } }] } },
    ]);
  });

  test("older than sixty days is out of sight without read_all_orders", () => {
    const small = smallWorld();
    small.world.clock.offsetMs += 90 * 86_400_000;
    expect(read(small).order).toMatchObject({ name: "#1001" });
    grant(small, ["read_orders", "read_customers", "read_products", "read_locations", "read_discounts"]);
    expect(read(small).order).toBeNull();
  });
});

describe("what an app may see", () => {
  test("a field whose scope was not granted is denied by name", () => {
    const small = smallWorld();
    grant(small, ["read_customers"]);
    const { data, errors } = small.ask("{ orders(first: 1) { nodes { id } } }");
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      {
        message:
          "Access denied for orders field. Required access: `read_orders` access scope, `read_marketplace_orders` access scope or `read_quick_sale` access scope.",
        path: ["orders"],
        extensions: { code: "ACCESS_DENIED", documentation: "https://shopify.dev/api/usage/access-scopes" },
      },
    ]);
  });

  test("writing needs the write scope, and a write scope reads", () => {
    const small = smallWorld();
    grant(small, ["read_customers"]);
    const tag = 'mutation { tagsAdd(id: "gid://shopify/Customer/1", tags: ["x"]) { userErrors { message } } }';
    expect(small.ask(tag).errors?.[0]?.extensions?.code).toBe("ACCESS_DENIED");
    grant(small, ["write_customers"]);
    expect(small.ask(tag).errors).toBeUndefined();
    expect(small.ask('{ customer(id: "gid://shopify/Customer/1") { tags } }').data).toEqual({ customer: { tags: ["gold", "x"] } });
  });

  test("names and e-mails are not shown to an app without the approval, everything else is", () => {
    const { ask } = smallWorld({ appIs: { protectedData: false } });
    const { data, errors } = ask('{ customer(id: "gid://shopify/Customer/1") { id firstName defaultEmailAddress { emailAddress } tags } }');
    expect(data).toEqual({ customer: { id: "gid://shopify/Customer/1", firstName: null, defaultEmailAddress: null, tags: ["gold"] } });
    expect(errors?.map(({ message, extensions }) => [message.split(".")[0], extensions?.code])).toEqual([
      ["This app is not approved to use the firstName field", "ACCESS_DENIED"],
      ["This app is not approved to use the emailAddress field", "ACCESS_DENIED"],
    ]);
  });
});

describe("what cannot be asked", () => {
  test.each([
    ["a field that does not exist", "query Q { shop { nickname } }", {}, "Field 'nickname' doesn't exist on type 'Shop'", "undefinedField"],
    ["a missing argument", "{ order { id } }", {}, "Field 'order' is missing required arguments: id", "missingRequiredArguments"],
    [
      "an id of another kind",
      '{ order(id: "gid://shopify/Product/1") { id } }',
      {},
      "Invalid id: gid://shopify/Product/1",
      "RESOURCE_NOT_FOUND",
    ],
    ["an id that is none", '{ order(id: "1") { id } }', {}, "Invalid global id '1'", "argumentLiteralsIncompatible"],
    ["a page without a size", "{ customers { nodes { id } } }", {}, "you must provide one of first or last", "BAD_REQUEST"],
    [
      "a variable that does not fit",
      "mutation M($input: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $input) { userErrors { message } } }",
      { input: { nope: 1, customerGets: { value: { discountAmount: { amount: "abc" } } } } },
      "Variable $input of type DiscountCodeBasicInput! was provided invalid value for customerGets.value.discountAmount.amount (invalid decimal 'abc'), nope (Field is not defined on DiscountCodeBasicInput)",
      "INVALID_VARIABLE",
    ],
    [
      "a query too dear",
      "{ customers(first: 250) { nodes { orders(first: 250) { nodes { lineItems(first: 250) { nodes { id } } } } } } }",
      {},
      "Query cost is",
      "MAX_COST_EXCEEDED",
    ],
    [
      "a field the sandbox does not play",
      "{ shop { shopOwnerName } }",
      {},
      "The sandbox has no answer for Shop.shopOwnerName.",
      "SANDBOX_HAS_NO_ANSWER",
    ],
  ])("%s", (_, query, variables, message, code) => {
    const { errors } = smallWorld().ask(query, variables);
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions?.code).toBe(code);
  });
});

describe("the bucket", () => {
  test("a query costs what Shopify's answers say it costs", () => {
    const cost = (query: string) => smallWorld().ask(query).extensions?.cost;
    expect(cost("{ shop { currencyCode } }")?.requestedQueryCost).toBe(1);
    expect(cost("{ shop { features { sellsSubscriptions } } }")?.requestedQueryCost).toBe(2);
    expect(cost("{ customersCount { count precision } }")?.requestedQueryCost).toBe(10);
    expect(cost("{ customers(first: 1) { nodes { id } } }")?.requestedQueryCost).toBe(3);
    expect(cost("{ locations(first: 10) { nodes { id } } }")?.requestedQueryCost).toBe(6);
    expect(cost("{ products(first: 250) { nodes { id title tags } pageInfo { hasNextPage } } }")?.requestedQueryCost).toBe(13);
  });

  test("empties by cost, refuses with 200 and THROTTLED, and leaks by plan", () => {
    const { ask, state } = smallWorld({ shopIs: { plan: "basic" } });
    const first = ask("{ customersCount { count } }");
    expect(first.extensions?.cost.throttleStatus).toMatchObject({ maximumAvailable: 2_000, restoreRate: 100, currentlyAvailable: 1_990 });
    state.bucket = { available: 3, atMs: Date.now() };
    expect(ask("{ customersCount { count } }")).toMatchObject({
      errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
      extensions: { cost: { actualQueryCost: null } },
    });
    state.bucket = { available: 3, atMs: Date.now() - 1_000 };
    expect(ask("{ customersCount { count } }").errors).toBeUndefined();
  });
});

describe("discount codes", () => {
  const create = (small: SmallWorld, more: object) =>
    small.ask(
      `mutation Create($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) {
         codeDiscountNode { id codeDiscount { ... on DiscountCodeBasic { status discountClasses usageLimit context { ... on DiscountCustomers { customers { id } } } codes(first: 1) { nodes { code } } } } }
         userErrors { field message code } } }`,
      { d: { ...valid, ...more } },
    ).data as {
      discountCodeBasicCreate: {
        codeDiscountNode: { id: string; codeDiscount: object } | null;
        userErrors: { field: string[]; message: string; code: string }[];
      };
    };
  const valid = {
    title: "5 off",
    code: "LOY-1",
    startsAt: "2026-11-21T00:00:00Z",
    context: { customers: { add: ["gid://shopify/Customer/1"] } },
    usageLimit: 1,
    customerGets: { value: { discountAmount: { amount: "5.00" } }, items: { all: true } },
  };
  const refusals = (small: SmallWorld, more: object) =>
    create(small, more).discountCodeBasicCreate.userErrors.map(({ field, message, code }) => `${field.join(".")} ${code} ${message}`);

  test("a code is made for one customer and found by its text, whatever its case", () => {
    const small = smallWorld();
    const { codeDiscountNode } = create(small, {}).discountCodeBasicCreate;
    expect(codeDiscountNode?.codeDiscount).toEqual({
      status: "ACTIVE",
      discountClasses: ["ORDER"],
      usageLimit: 1,
      context: { customers: [{ id: "gid://shopify/Customer/1" }] },
      codes: { nodes: [{ code: "LOY-1" }] },
    });
    expect(small.ask('{ codeDiscountNodeByCode(code: "loy-1") { id } }').data).toEqual({
      codeDiscountNodeByCode: { id: codeDiscountNode?.id },
    });
    expect(small.ask('{ discountNodes(first: 5, query: "code:LOY-1") { nodes { id } } }').data).toEqual({ discountNodes: { nodes: [] } });
  });

  test("a code exists once in a shop", () => {
    const small = smallWorld();
    create(small, {});
    expect(refusals(small, { code: "loy-1" })).toEqual(["basicCodeDiscount.code TAKEN Code must be unique. Please try a different code."]);
  });

  test.each([
    ["a blank code", { code: "" }, ["basicCodeDiscount.code TOO_SHORT Code is too short (minimum is 1 character)"]],
    ["no start", { startsAt: null }, ["basicCodeDiscount.startsAt BLANK Starts at can't be blank"]],
    ["a code with a line break", { code: "A\nB" }, ["basicCodeDiscount.code INVALID Code cannot contain newline characters."]],
    [
      "both context and customerSelection",
      { customerSelection: { all: true } },
      ["basicCodeDiscount.context INVALID Only one of context or customerSelection can be provided."],
    ],
    [
      "more than all of it",
      { customerGets: { value: { percentage: 1.5 }, items: { all: true } } },
      ["basicCodeDiscount.customerGets.value.percentage VALUE_OUTSIDE_RANGE Value must be between 0.0 and 1.0"],
    ],
    [
      "an amount by quantity",
      {
        customerGets: {
          value: { discountOnQuantity: { quantity: "1", effect: { percentage: 1 } } },
          items: { products: { productVariantsToAdd: ["gid://shopify/ProductVariant/1"] } },
        },
      },
      ["basicCodeDiscount.customerGets.value.discountOnQuantity INVALID discountOnQuantity field is only permitted with bxgy discounts."],
    ],
    [
      "two kinds of minimum",
      { minimumRequirement: { quantity: { greaterThanOrEqualToQuantity: "2" }, subtotal: { greaterThanOrEqualToSubtotal: "10" } } },
      [
        "basicCodeDiscount.minimumRequirement.subtotal.greaterThanOrEqualToSubtotal CONFLICT Minimum subtotal cannot be defined when minimum quantity is.",
        "basicCodeDiscount.minimumRequirement.quantity.greaterThanOrEqualToQuantity CONFLICT Minimum quantity cannot be defined when minimum subtotal is.",
      ],
    ],
  ])("refuses %s", (_, more, said) => {
    const small = smallWorld();
    expect(refusals(small, more)).toEqual(said);
    expect(small.state.discounts.size).toBe(1);
  });

  test("a shop without subscriptions refuses to hear of them, one with them does not", () => {
    const more = { recurringCycleLimit: 1, customerGets: { ...valid.customerGets, appliesOnSubscription: false } };
    expect(refusals(smallWorld(), more)).toHaveLength(2);
    expect(refusals(smallWorld({ shopIs: { sellsSubscriptions: true } }), more)).toEqual([]);
  });

  test("a deactivated code has expired, an activated one has not", () => {
    const small = smallWorld();
    const change = (verb: string) =>
      small.ask(
        `mutation { done: discountCode${verb}(id: "gid://shopify/DiscountCodeNode/1") { codeDiscountNode { codeDiscount { ... on DiscountCodeBasic { status endsAt } } } } }`,
      ).data;
    expect(change("Deactivate")).toMatchObject({
      done: { codeDiscountNode: { codeDiscount: { status: "EXPIRED", endsAt: expect.stringMatching(/^2026-11-21T12:00/) } } },
    });
    expect(change("Activate")).toMatchObject({ done: { codeDiscountNode: { codeDiscount: { status: "ACTIVE", endsAt: null } } } });
  });
});

describe("metafields", () => {
  const set = (small: SmallWorld, ...metafields: object[]) =>
    small.ask(
      "mutation Set($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { metafields { namespace value compareDigest } userErrors { field code message } } }",
      {
        m: metafields.map((one) => ({ ownerId: "gid://shopify/Customer/1", key: "card", type: "json", value: "{}", ...one })),
      },
    ).data as { metafieldsSet: { metafields: { compareDigest: string; namespace: string }[]; userErrors: { code: string }[] } };
  const codes = (answer: ReturnType<typeof set>) => answer.metafieldsSet.userErrors.map(({ code }) => code);

  test("without a namespace belong to the app and are read by $app", () => {
    const small = smallWorld();
    expect(set(small, {}).metafieldsSet.metafields[0]?.namespace).toBe(appNamespace(app));
    expect(
      small.ask('{ customer(id: "gid://shopify/Customer/1") { metafield(namespace: "$app", key: "card") { jsonValue } } }').data,
    ).toEqual({
      customer: { metafield: { jsonValue: {} } },
    });
  });

  test("are written together or not at all", () => {
    const small = smallWorld();
    expect(codes(set(small, {}, { key: "points_balance", type: "number_integer", value: "many" }))).toEqual(["INVALID_VALUE"]);
    expect(small.state.customers.get("1")?.metafields).toEqual([]);
    expect(codes(set(small, ...Array.from({ length: 26 }, (_, index) => ({ key: `key${index}` }))))).toEqual(["LESS_THAN_OR_EQUAL_TO"]);
  });

  test("keep to the type of their definition", () => {
    expect(codes(set(smallWorld(), { key: "points_balance", type: "json" }))).toEqual(["INVALID_TYPE"]);
  });

  test("can be compared before they are set", () => {
    const small = smallWorld();
    const [first] = set(small, { compareDigest: null }).metafieldsSet.metafields;
    expect(codes(set(small, { compareDigest: null }))).toEqual(["STALE_OBJECT"]);
    expect(codes(set(small, { value: "[]", compareDigest: first?.compareDigest }))).toEqual([]);
    expect(codes(set(small, { value: "[1]", compareDigest: first?.compareDigest }))).toEqual(["STALE_OBJECT"]);
  });
});

describe("customers", () => {
  test("are found by search, page by page, also when one goes between two pages", () => {
    const { ask, state } = smallWorld();
    const ann = state.customers.get("1") as Customer;
    for (let id = 10; id < 16; id += 1)
      state.customers.set(String(id), {
        ...ann,
        id: String(id),
        email: `c${id}@example.com`,
        tags: ["vip"],
      });
    const page = (after?: string) =>
      (
        ask(
          'query P($after: String) { customers(first: 2, after: $after, query: "tag:vip -email:c13@example.com", sortKey: ID) { nodes { id } pageInfo { endCursor hasNextPage } } }',
          { after },
        ).data as { customers: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }
      ).customers;
    const first = page();
    expect(first.nodes.map(({ id }) => id)).toEqual(["gid://shopify/Customer/10", "gid://shopify/Customer/11"]);
    state.customers.delete("11");
    const second = page(first.pageInfo.endCursor);
    expect(second.nodes.map(({ id }) => id)).toEqual(["gid://shopify/Customer/12", "gid://shopify/Customer/14"]);
    expect(page(second.pageInfo.endCursor)).toMatchObject({
      nodes: [{ id: "gid://shopify/Customer/15" }],
      pageInfo: { hasNextPage: false },
    });
  });

  test("marketing consent is not changed by customerUpdate", () => {
    const { ask } = smallWorld();
    const { data } = ask("mutation U($i: CustomerInput!) { customerUpdate(input: $i) { userErrors { field message } } }", {
      i: { id: "gid://shopify/Customer/1", emailMarketingConsent: { marketingState: "SUBSCRIBED" } },
    });
    expect(data).toEqual({
      customerUpdate: {
        userErrors: [
          {
            field: ["emailMarketingConsent"],
            message: "To update emailMarketingConsent, please use the customerEmailMarketingConsentUpdate Mutation instead",
          },
        ],
      },
    });
  });

  test("merged, the survivor has the orders and the other is gone", () => {
    const { ask, state } = smallWorld();
    const { data } = ask(
      'mutation { customerMerge(customerOneId: "gid://shopify/Customer/1", customerTwoId: "gid://shopify/Customer/2") { resultingCustomerId } }',
    );
    expect(data).toEqual({ customerMerge: { resultingCustomerId: "gid://shopify/Customer/1" } });
    expect(state.customers.has("2")).toBe(false);
  });
});

describe("bulk queries", () => {
  const start = (small: SmallWorld, query: string) =>
    small.ask("mutation B($q: String!) { bulkOperationRunQuery(query: $q) { bulkOperation { id status } userErrors { message code } } }", {
      q: query,
    }).data as {
      bulkOperationRunQuery: { bulkOperation: { id: string; status: string } | null; userErrors: { message: string; code: string }[] };
    };
  const orders = "{ orders { edges { node { id name lineItems { edges { node { id quantity } } } } } } }";

  test("are done a little later, and the lines name their parent", async () => {
    const small = smallWorld();
    const { bulkOperation } = start(small, orders).bulkOperationRunQuery;
    expect(bulkOperation?.status).toBe("CREATED");
    await expect
      .poll(() => small.ask(`{ bulkOperation(id: "${bulkOperation?.id}") { status objectCount rootObjectCount url } }`).data)
      .toMatchObject({
        bulkOperation: {
          status: "COMPLETED",
          objectCount: "2",
          rootObjectCount: "1",
          url: expect.stringMatching(/^https:\/\/laurel-demo\.myshopify\.com\/.*\.jsonl$/),
        },
      });
    const lines = [...small.state.bulkOperations.values()]
      .at(-1)
      ?.jsonl.trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { id: "gid://shopify/Order/1", name: "#1001" },
      { id: "gid://shopify/LineItem/21", quantity: 2, __parentId: "gid://shopify/Order/1" },
    ]);
  });

  test.each([
    ["{ shop { name } }", "Bulk queries must contain at least one connection."],
    ["{ orders { nodes { id } } }", "All connection fields in a bulk query must select their contents using 'edges' > 'node'"],
    [
      "{ orders { edges { node { name lineItems { edges { node { id } } } } } } }",
      "The parent 'node' field for a nested connection must select the 'id' field",
    ],
    [
      "{ orders { edges { node { id refunds { id refundLineItems { edges { node { quantity } } } } } } } }",
      "Queries that contain a connection field within a list field are not currently supported.",
    ],
    ["mutation { x }", "Invalid operation type. Only `query` operations are supported."],
  ])("refuse %s", (query, message) => {
    expect(start(smallWorld(), query).bulkOperationRunQuery.userErrors[0]?.message).toContain(message);
  });

  test("run five at a time and no more", () => {
    const small = smallWorld();
    const codes = Array.from({ length: 5 }, () => start(small, orders).bulkOperationRunQuery.userErrors[0]?.code);
    expect(codes).toEqual([undefined, undefined, undefined, undefined, "OPERATION_IN_PROGRESS"]);
  });
});

/** Every user error anywhere in an answer. */
function userErrorsIn(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "userErrors" ? (inner as unknown[]) : userErrorsIn(inner)));
}

const grant = (small: SmallWorld, scopes: string[]): void => {
  if (small.state.shop.installation) small.state.shop.installation.scopes = scopes;
};
