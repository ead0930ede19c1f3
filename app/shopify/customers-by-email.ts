import { type Admin, AdminRefused } from "./admin.ts";

const document = `#graphql
  query CustomersByEmail($query: String!) {
    customers(first: 100, query: $query) {
      nodes { id firstName lastName locale state defaultEmailAddress { emailAddress } }
    }
  }`;

export type FoundCustomer = { customerGid: string; email: string; name: string | null; locale: string | null; hasAccount: boolean };

type Node = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
  state: string;
  defaultEmailAddress: { emailAddress: string | null } | null;
};

/** How many addresses one question holds. */
export const mostEmails = 50;

/** The shop's customers with these addresses. None where the shop does not let us know addresses. */
export async function customersByEmail(admin: Admin, emails: readonly string[]): Promise<FoundCustomer[]> {
  const query = emails.map((email) => `email:"${email.replace(/["\\]/g, "\\$&")}"`).join(" OR ");
  try {
    const { customers } = await admin.call<{ customers: { nodes: (Node | null)[] } | null }>(document, { query });
    return (customers?.nodes ?? []).flatMap((node) => found(node, emails));
  } catch (error) {
    if (error instanceof AdminRefused && error.code === "ACCESS_DENIED") return [];
    throw error;
  }
}

function found(node: Node | null, emails: readonly string[]): FoundCustomer[] {
  const email = node?.defaultEmailAddress?.emailAddress?.toLowerCase();
  // A search may answer more than it was asked for.
  if (!node || !email || !emails.includes(email)) return [];
  const name = [node.firstName, node.lastName].filter(Boolean).join(" ") || null;
  return [{ customerGid: node.id, email, name, locale: node.locale, hasAccount: node.state === "ENABLED" }];
}
