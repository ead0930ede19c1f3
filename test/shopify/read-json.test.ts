import { expect, test } from "vitest";
import { flag, gidOf, instant, type Json, list, object, parseJson, strings, text, whole } from "../../app/shopify/read-json.ts";

test.each([
  ["9007199254740991", 9007199254740991],
  ["9007199254740992", "9007199254740992"],
  ["9007199254740993", "9007199254740993"],
  ["-9007199254740993", "-9007199254740993"],
  ["115310627314723951", "115310627314723951"],
  ["99999999999999999999999999", "99999999999999999999999999"],
])("the id %s keeps every digit", (digits, kept) => {
  expect(parseJson(`{"id":${digits}}`)).toEqual({ id: kept });
  expect(parseJson(`{"a":[{"id":${digits}}],"text":"1234567890123456"}`)).toEqual({ a: [{ id: kept }], text: "1234567890123456" });
});

test("numbers with a point are numbers, also beside large ids", () => {
  expect(parseJson('{"id":115310627314723951,"subtotal":195.67,"large":1e20}')).toEqual({
    id: "115310627314723951",
    subtotal: 195.67,
    large: 1e20,
  });
});

test.each(["{", "", "nothing", "{'a':1}"])("%j is no JSON", (said) => {
  expect(() => parseJson(said)).toThrow(SyntaxError);
});

test.each<[Json | undefined, string | null]>([
  ["a", "a"],
  ["", null],
  ["  ", null],
  [7, "7"],
  [0, "0"],
  [null, null],
  [undefined, null],
  [true, null],
  [[], null],
  [{}, null],
])("the text of %j is %j", (value, said) => expect(text(value)).toBe(said));

test.each<[Json | undefined, number | null]>([
  [3, 3],
  ["3", 3],
  ["-3", -3],
  [1.5, null],
  ["1.5", null],
  ["3 ", null],
  [null, null],
  ["115310627314723951", null],
])("the whole number in %j is %j", (value, number) => expect(whole(value)).toBe(number));

test.each<[Json | undefined, string | null]>([
  ["2026-05-01T06:00:00-04:00", "2026-05-01T10:00:00.000Z"],
  ["2026-05-01", "2026-05-01T00:00:00.000Z"],
  ["soon", null],
  ["", null],
  [null, null],
])("the instant of %j is %j", (value, iso) => expect(instant(value)).toBe(iso));

test("what is not there is empty, never an error", () => {
  for (const nothing of [undefined, null, 1, "x", true, [1]]) expect(object(nothing)).toEqual({});
  for (const nothing of [undefined, null, 1, "x", {}]) expect(list(nothing)).toEqual([]);
  expect(list([1, { a: 1 }, null])).toEqual([{}, { a: 1 }, {}]);
  expect(strings(["a", 1, null, "b"])).toEqual(["a", "b"]);
  expect([true, "true", "false", 1, null].map((one) => flag(one as Json))).toEqual([true, true, false, false, false]);
});

test.each<[object, string | null]>([
  [{ admin_graphql_api_id: "gid://shopify/Order/5", id: 6 }, "gid://shopify/Order/5"],
  [{ id: 6 }, "gid://shopify/Order/6"],
  [{ id: "115310627314723951" }, "gid://shopify/Order/115310627314723951"],
  [{ admin_graphql_api_id: "gid://shopify/Customer/5", id: 6 }, "gid://shopify/Order/6"],
  [{ id: "six" }, null],
  [{ id: -6 }, null],
  [{ id: 6.5 }, null],
  [{}, null],
])("the order that %j names is %j", (body, gid) => expect(gidOf("Order", body as never)).toBe(gid));
