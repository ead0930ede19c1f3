// Bulk queries: asked now, done a little later, fetched as JSONL.

import type { BulkOperation, World } from "../../store.ts";
import { domainOf, gid, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, type Fields, failure, userError } from "../ask.ts";
import { bulkQueryFault } from "../bulk-rules.ts";
import { runBulkQuery } from "../bulk-run.ts";
import { connection } from "../connection.ts";
import { matcher, type Searchable } from "../search.ts";

/** Long enough for a caller to see it running. */
const workMillis = 25;
const keptDays = 7;
const open = ["CREATED", "RUNNING", "CANCELING"];

const operation: Fields<BulkOperation> = {
  id: ({ id }) => gid("BulkOperation", id),
  objectCount: ({ objectCount }) => String(objectCount),
  rootObjectCount: ({ rootObjectCount }) => String(rootObjectCount),
  fileSize: (one) => (one.status === "COMPLETED" ? String(Buffer.byteLength(one.jsonl)) : null),
  url: (one, _, ask) => (one.status === "COMPLETED" && one.jsonl !== "" && !forgotten(one, ask.world) ? urlOf(one, ask) : null),
  partialDataUrl: () => null,
};

// Fetched from the shop's own domain, the one address an app under the sandbox reaches without being told.
const urlOf = ({ id }: BulkOperation, { shop }: Ask): string => `https://${domainOf(shop)}/admin/bulk-operations/${id}.jsonl`;
const forgotten = ({ completedAt }: BulkOperation, world: World): boolean =>
  completedAt !== null && world.clock.now().getTime() - Date.parse(completedAt) > keptDays * 86_400_000;

const search: Searchable<BulkOperation> = {
  text: ({ query }) => query,
  fields: {
    id: ({ id }) => id,
    status: ({ status }) => status,
    operation_type: ({ type }) => type,
    created_at: ({ createdAt }) => createdAt,
  },
};

export const bulkOperationsArea: Area = {
  QueryRoot: {
    bulkOperation: (_source: object, { id }, { state }) => state.bulkOperations.get(idOf(id)) ?? null,
    bulkOperations: (_source: object, args, ask) => {
      const timestamp = /created_at:[<>=]*["']?([^"'\s]+)/.exec(args.query ?? "")?.[1];
      if (timestamp && Number.isNaN(Date.parse(timestamp)))
        throw failure("Invalid timestamp for query filter `created_at`.", "BAD_REQUEST");
      const found = [...ask.state.bulkOperations.values()].filter(matcher(args.query, search));
      return connection(ask, found, args, {
        id: ({ id }) => id,
        sortValue: ({ createdAt, completedAt }) => (args.sortKey === "COMPLETED_AT" ? (completedAt ?? "9") : createdAt),
      });
    },
    currentBulkOperation: (_source: object, { type }, { state }) =>
      [...state.bulkOperations.values()].filter((one) => one.type === (type ?? "QUERY")).at(-1) ?? null,
  },
  Mutation: { bulkOperationRunQuery: run, bulkOperationCancel: cancel },
  BulkOperation: operation,
};

function run(_source: object, { query, groupObjects }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const no = (field: string | null, message: string, code: string): object => ({
    bulkOperation: null,
    userErrors: [userError(field, message, code)],
  });
  const fault = bulkQueryFault(ask.schema.graphql, query);
  if (fault) return no("query", fault, "INVALID");
  const running = [...state.bulkOperations.values()].filter((one) => one.type === "QUERY" && open.includes(one.status));
  if (running.length >= (ask.version < "2026-01" ? 1 : 5))
    return no(
      null,
      `A bulk query operation for this app and shop is already in progress: ${running.map(({ id }) => gid("BulkOperation", id)).join(", ")}.`,
      "OPERATION_IN_PROGRESS",
    );

  const made: BulkOperation = {
    id: world.nextId(),
    type: "QUERY",
    query,
    status: "CREATED",
    errorCode: null,
    objectCount: 0,
    rootObjectCount: 0,
    jsonl: "",
    createdAt: world.clock.now().toISOString(),
    completedAt: null,
  };
  state.bulkOperations.set(made.id, made);
  world.changed(shop.handle, "bulkOperations", made.id);
  setTimeout(() => finish(ask, made, groupObjects === true), workMillis).unref();
  return { bulkOperation: { ...made }, userErrors: [] };
}

function finish(ask: Ask, one: BulkOperation, grouped: boolean): void {
  const { world, shop } = ask;
  if (one.status === "CANCELING") one.status = "CANCELED";
  else Object.assign(one, runBulkQuery({ ...ask, bulk: true }, one.query, grouped));
  one.completedAt = world.clock.now().toISOString();
  world.changed(shop.handle, "bulkOperations", one.id);
  world.events.emit(shop.handle, "bulk_operations/finish", { bulkOperation: one });
}

function cancel(_source: object, { id }: Args, { world, state, shop }: Ask): object {
  const found = state.bulkOperations.get(idOf(id));
  if (!found) return { bulkOperation: null, userErrors: [userError("id", "Bulk operation does not exist")] };
  if (!open.includes(found.status))
    return {
      bulkOperation: found,
      userErrors: [userError(null, `A bulk operation cannot be canceled when it is ${found.status.toLowerCase()}`)],
    };
  found.status = "CANCELING";
  world.changed(shop.handle, "bulkOperations", found.id);
  return { bulkOperation: found, userErrors: [] };
}
