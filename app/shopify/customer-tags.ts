import type { Admin } from "./admin.ts";
import { type ReadCustomer, readCustomer } from "./read-customer.ts";
import type { JsonObject } from "./read-json.ts";

const document = `#graphql
  query CustomerTags($id: ID!) {
    customer(id: $id) { id state tags createdAt locale numberOfOrders lastOrder { createdAt } birthDate: metafield(namespace: "facts", key: "birth_date") { value } }
  }`;

/** What rules ask about a customer, as it is now: order and customer bodies have not carried it since 2025-01. Null when they are gone. */
export async function customerTags(admin: Admin, customerGid: string): Promise<ReadCustomer | null> {
  const { customer } = await admin.call<{ customer: JsonObject | null }>(document, { id: customerGid });
  return customer && readCustomer(customer);
}
