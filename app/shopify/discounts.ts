import { decimalOf, type Minor } from "../loyalty/money.ts";
import type { DiscountTerms } from "../loyalty/redeeming/reward-kind.ts";
import { type Admin, AdminRefused } from "./admin.ts";

const createBasic = `#graphql
  mutation IssueReward($basicCodeDiscount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $basicCodeDiscount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

const byCode = `#graphql
  query RewardCode($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount { __typename ... on DiscountCodeBasic { status asyncUsageCount endsAt } }
    }
  }`;

const deactivate = `#graphql
  mutation WithdrawReward($id: ID!) {
    discountCodeDeactivate(id: $id) { codeDiscountNode { id } userErrors { field message code } }
  }`;

export type CodeWish = {
  code: string;
  title: string;
  terms: DiscountTerms;
  currency: string;
  customerGid: string;
  startsAt: Date;
  endsAt: Date;
};
export type CodeFound = { gid: string; status: "ACTIVE" | "EXPIRED" | "SCHEDULED"; usedSoFar: number };

type UserError = { field: string[] | null; message: string; code: string | null };
export type NotMade = { notMade: string; code: string | null };

/** Asks Shopify for a code that only this customer can use, once. "TAKEN" means that it exists already: look for it. */
export async function createCode(admin: Admin, wish: CodeWish): Promise<{ gid: string } | NotMade> {
  const answer = await admin.call<{ discountCodeBasicCreate: { codeDiscountNode: { id: string } | null; userErrors: UserError[] } }>(
    createBasic,
    { basicCodeDiscount: inputOf(wish) },
  );
  const { codeDiscountNode, userErrors } = answer.discountCodeBasicCreate;
  const [error] = userErrors;
  if (error) return { notMade: error.message, code: error.code };
  if (!codeDiscountNode) throw new AdminRefused("Shopify made no discount and gave no reason.", "NOTHING_MADE");
  return { gid: codeDiscountNode.id };
}

/** The discount behind a code, or null. Searching would lag by seconds; this look-up does not. */
export async function findCode(admin: Admin, code: string): Promise<CodeFound | null> {
  const answer = await admin.call<{
    codeDiscountNodeByCode: { id: string; codeDiscount: { status?: CodeFound["status"]; asyncUsageCount?: number } } | null;
  }>(byCode, { code });
  const node = answer.codeDiscountNodeByCode;
  return node && { gid: node.id, status: node.codeDiscount.status ?? "ACTIVE", usedSoFar: node.codeDiscount.asyncUsageCount ?? 0 };
}

/** Switches a code off. A code that is gone already is as good. */
export async function withdrawCode(admin: Admin, gid: string): Promise<void> {
  const answer = await admin.call<{ discountCodeDeactivate: { userErrors: UserError[] } }>(deactivate, { id: gid });
  const [error] = answer.discountCodeDeactivate.userErrors;
  if (error && !/does not exist/i.test(error.message)) throw new AdminRefused(error.message, error.code ?? "REFUSED");
}

function inputOf({ code, title, terms, currency, customerGid, startsAt, endsAt }: CodeWish) {
  return {
    title,
    code,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    context: { customers: { add: [customerGid] } },
    usageLimit: 1,
    appliesOncePerCustomer: true,
    // A reward is a discount on the order: it stands beside product and shipping discounts, not beside another of its kind.
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    tags: ["loyalty"],
    ...(terms.minimumSubtotal
      ? { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: money(terms.minimumSubtotal, currency) } } }
      : {}),
    customerGets: {
      items: { all: true },
      value: { discountAmount: { amount: money(terms.off.amount, currency), appliesOnEachItem: false } },
    },
  };
}

const money = (minor: Minor, currency: string): string => decimalOf(minor, currency);
