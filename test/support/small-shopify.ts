import { type Admin, UnknownOutcome } from "../../app/shopify/admin.ts";

type Code = { gid: string; code: string; status: "ACTIVE" | "EXPIRED"; used: number; input: Record<string, unknown> };
type Person = { orders?: number; lastOrderAt?: string | null; birthDate?: string | null };
type Trouble = "lost after" | "lost before" | Error | ((variables: Record<string, unknown>) => unknown);

/**
 * Shopify as far as codes, tags and single orders go, in memory. `trouble` decides how the next calls of an
 * operation end: lost before or after they were carried out, with an error, or with an answer of its own.
 */
export function smallShopify() {
  const codes = new Map<string, Code>();
  const tags = new Map<string, string[]>();
  const people = new Map<string, Person>();
  const orders = new Map<string, object>();
  const calls: string[] = [];
  const troubles = new Map<string, Trouble[]>();

  const answers: Record<string, (variables: Record<string, unknown>) => unknown> = {
    "on IssueReward": ({ basicCodeDiscount }) => {
      const input = basicCodeDiscount as Record<string, unknown>;
      const code = String(input.code);
      if (codes.has(code))
        return {
          discountCodeBasicCreate: {
            codeDiscountNode: null,
            userErrors: [{ field: ["code"], message: "Code must be unique.", code: "TAKEN" }],
          },
        };
      const gid = `gid://shopify/DiscountCodeNode/${codes.size + 1}`;
      codes.set(code, { gid, code, status: "ACTIVE", used: 0, input });
      return { discountCodeBasicCreate: { codeDiscountNode: { id: gid }, userErrors: [] } };
    },
    "on RewardCode": ({ code }) => {
      const found = codes.get(String(code));
      return {
        codeDiscountNodeByCode: found
          ? {
              id: found.gid,
              codeDiscount: { __typename: "DiscountCodeBasic", status: found.status, asyncUsageCount: found.used, endsAt: null },
            }
          : null,
      };
    },
    "on WithdrawReward": ({ id }) => {
      const found = [...codes.values()].find((one) => one.gid === id);
      if (found) found.status = "EXPIRED";
      return {
        discountCodeDeactivate: {
          codeDiscountNode: found ? { id } : null,
          userErrors: found ? [] : [{ field: ["id"], message: "Code discount does not exist.", code: "INVALID" }],
        },
      };
    },
    "on CustomerTags": ({ id }) => {
      const [known, person] = [tags.get(String(id)), people.get(String(id))];
      if (!known && !person) return { customer: null };
      const { orders: numberOfOrders = 0, lastOrderAt = null, birthDate = null } = person ?? {};
      const more = { numberOfOrders, lastOrder: lastOrderAt && { createdAt: lastOrderAt }, birthDate: birthDate && { value: birthDate } };
      return { customer: { id, tags: known ?? [], state: "ENABLED", ...more } };
    },
    "on SettleOrder": ({ id }) => ({ order: orders.get(String(id)) ?? null }),
  };

  const admin: Admin = {
    shop: "small.myshopify.com",
    call: async <T>(document: string, variables: Record<string, unknown> = {}) => {
      const name = /(?:query|mutation)\s+(\w+)/.exec(document)?.[1] ?? "";
      calls.push(name);
      const answer = answers[`on ${name}`];
      if (!answer) throw new Error(`This small Shopify does not know ${name}.`);
      const trouble = troubles.get(name)?.shift();
      if (trouble === undefined) return answer(variables) as T;
      if (typeof trouble === "function") return trouble(variables) as T;
      if (trouble === "lost after") answer(variables);
      throw trouble instanceof Error ? trouble : new UnknownOutcome("The answer was lost.");
    },
  };
  return {
    admin,
    codes,
    tags,
    people,
    orders,
    calls,
    trouble: (operation: string, ...next: Trouble[]) => void troubles.set(operation, [...(troubles.get(operation) ?? []), ...next]),
  };
}
