import type { Admin } from "./admin.ts";

const document = `#graphql
  query CustomerTags($id: ID!) { customer(id: $id) { id tags state } }`;

/** A customer's tags as they are now: order and customer bodies have not carried them since 2025-01. Null when they are gone. */
export async function customerTags(admin: Admin, customerGid: string): Promise<{ tags: string[]; hasAccount: boolean } | null> {
  const { customer } = await admin.call<{ customer: { tags: string[]; state: string } | null }>(document, { id: customerGid });
  return customer && { tags: customer.tags, hasAccount: customer.state === "ENABLED" };
}
