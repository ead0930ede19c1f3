import { instant, type JsonObject, object, strings, text, whole } from "./read-json.ts";

/** What the mirror keeps of a customer. Names and addresses only of those who have an account. */
export type ReadCustomer = {
  customerGid: string;
  hasAccount: boolean;
  createdAt: string | null;
  tags: string[];
  /** MM-DD: the year is not kept. */
  birthday: string | null;
  orderCount: number;
  lastOrderAt: string | null;
  name: string | null;
  email: string | null;
  locale: string | null;
};

/** Reads a customer as the Admin API tells them, where `birthDate` is the metafield facts.birth_date. */
export function readCustomer(node: JsonObject): ReadCustomer | null {
  const customerGid = text(node.id);
  if (!customerGid?.startsWith("gid://shopify/Customer/")) return null;
  const hasAccount = text(node.state) === "ENABLED";
  const name = [text(node.firstName), text(node.lastName)].filter(Boolean).join(" ") || null;
  return {
    customerGid,
    hasAccount,
    createdAt: instant(node.createdAt),
    tags: strings(node.tags),
    birthday: birthdayOf(text(object(node.birthDate).value)),
    orderCount: whole(node.numberOfOrders) ?? 0,
    lastOrderAt: instant(object(node.lastOrder).createdAt),
    name: hasAccount ? name : null,
    email: hasAccount ? text(object(node.defaultEmailAddress).emailAddress) : null,
    locale: text(node.locale),
  };
}

/** "1990-05-17" is "05-17"; what is not a day is nothing. */
export function birthdayOf(date: string | null): string | null {
  const match = /^\d{4}-(\d{2})-(\d{2})/.exec(date ?? "");
  if (!match) return null;
  const [, month = "", day = ""] = match;
  // Of a leap year, so that the 29th of February is a day.
  const real = new Date(Date.UTC(2024, Number(month) - 1, Number(day)));
  return real.getUTCMonth() + 1 === Number(month) && real.getUTCDate() === Number(day) ? `${month}-${day}` : null;
}
