import { type Admin, AdminRefused } from "./admin.ts";
import { bulkOrders } from "./fetch-order.ts";
import { type JsonObject, object, parseJson } from "./read-json.ts";

// Child lines come in any order after a bulk query: grouping them would slow Shopify down.
const start = `#graphql
  mutation RunBulk($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: false) {
      bulkOperation { id }
      userErrors { field message code }
    }
  }`;

const look = `#graphql
  query BulkProgress($id: ID!) {
    bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount url }
  }`;

const latest = `#graphql
  query BulkUnderway {
    bulkOperations(first: 20, query: "operation_type:query", sortKey: CREATED_AT, reverse: true) { nodes { id status } }
  }`;

const products = `#graphql
  query BulkProducts {
    products {
      edges {
        node {
          id title handle productType vendor tags updatedAt
          featuredMedia { preview { image { url } } }
          variants { edges { node { id title sku price compareAtPrice } } }
          collections { edges { node { id } } }
        }
      }
    }
  }`;

const customers = `#graphql
  query BulkCustomers {
    customers {
      edges { node { id state createdAt locale tags numberOfOrders lastOrder { createdAt } birthDate: metafield(namespace: "facts", key: "birth_date") { value } } }
    }
  }`;

const customersWithNames = `#graphql
  query BulkCustomersWithNames {
    customers {
      edges { node { id state createdAt locale tags numberOfOrders lastOrder { createdAt } birthDate: metafield(namespace: "facts", key: "birth_date") { value } firstName lastName defaultEmailAddress { emailAddress } } }
    }
  }`;

const queries = { products, customers, "customers with names": customersWithNames, orders: bulkOrders };
export type BulkQuery = keyof typeof queries;

/** What has become of an operation: its result is told whole, or not yet, or not at all. */
export type BulkState =
  | { state: "underway"; roots: number }
  | { state: "complete"; roots: number; lines: number; url: string | null }
  | { state: "failed"; reason: string }
  | { state: "gone" };

const isUnderway = (status: string): boolean => ["CREATED", "RUNNING", "CANCELING"].includes(status);

/** Whether Shopify still works on a bulk query of ours. Ours take turns, although it would allow a few at a time. */
export async function bulkUnderway(admin: Admin): Promise<boolean> {
  const { bulkOperations } = await admin.call<{ bulkOperations: { nodes: { status: string }[] } }>(latest);
  return bulkOperations.nodes.some((one) => isUnderway(one.status));
}

type Started = {
  bulkOperationRunQuery: { bulkOperation: { id: string } | null; userErrors: { message: string; code: string | null }[] };
};

/** Asks for everything at once. @returns the operation's gid, or null while another keeps Shopify busy */
export async function startBulk(admin: Admin, query: BulkQuery): Promise<string | null> {
  const { bulkOperationRunQuery: answer } = await admin.call<Started>(start, { query: queries[query].replace("#graphql", "") });
  if (answer.bulkOperation) return answer.bulkOperation.id;
  const [error] = answer.userErrors;
  if (error?.code === "OPERATION_IN_PROGRESS" || /already in progress/i.test(error?.message ?? "")) return null;
  throw new AdminRefused(error?.message ?? "The bulk operation was not started.", error?.code ?? "UNKNOWN");
}

type Progress = {
  status: string;
  errorCode: string | null;
  objectCount: string;
  rootObjectCount: string;
  url: string | null;
};

export async function lookAtBulk(admin: Admin, operationGid: string): Promise<BulkState> {
  const { bulkOperation: one } = await admin.call<{ bulkOperation: Progress | null }>(look, { id: operationGid });
  // Results are kept for a week, operations not much longer.
  if (!one || one.status === "EXPIRED") return { state: "gone" };
  const roots = Number(one.rootObjectCount);
  if (isUnderway(one.status)) return { state: "underway", roots };
  if (one.status !== "COMPLETED") return { state: "failed", reason: one.errorCode ?? one.status };
  if (!one.url && Number(one.objectCount) > 0) return { state: "gone" };
  return { state: "complete", roots, lines: Number(one.objectCount), url: one.url };
}

/**
 * The lines of a result, one after another as they come: never more of it in memory than a piece of the stream.
 * @throws when the connection breaks, or the address is no longer good
 */
export async function* bulkLines(url: string, send: typeof fetch = fetch): AsyncGenerator<JsonObject> {
  const response = await send(url);
  if (!response.ok || !response.body) throw new Error(`The bulk answer could not be read: HTTP ${response.status}.`);
  const decoder = new TextDecoder();
  let rest = "";
  // The browser's types know no stream that is read like this; Node's is.
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield object(parseJson(line));
  }
  if (rest.trim() !== "") yield object(parseJson(rest));
}
