// Runs the query of a bulk operation and writes its answer line by line.

import { execute, parse } from "graphql";
import type { BulkOperation } from "../store.ts";
import type { Ask } from "./ask.ts";
import { resolveField, resolveType } from "./fields.ts";

type Json = Record<string, unknown>;
type Line = { json: Json; depth: number };
type Result = Pick<BulkOperation, "status" | "errorCode" | "objectCount" | "rootObjectCount" | "jsonl">;

export function runBulkQuery(ask: Ask, query: string, grouped: boolean): Result {
  const result = execute({
    schema: ask.schema.graphql,
    document: parse(query),
    contextValue: ask,
    rootValue: {},
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  if (result instanceof Promise) throw new Error("Every resolver of the sandbox answers at once.");
  if (result.errors) {
    const denied = result.errors.some(({ extensions }) => extensions.code === "ACCESS_DENIED");
    return {
      status: "FAILED",
      errorCode: denied ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR",
      objectCount: 0,
      rootObjectCount: 0,
      jsonl: "",
    };
  }
  const lines: Line[] = [];
  for (const value of Object.values(result.data ?? {})) collect(value, null, 0, lines);
  const roots = lines.filter(({ depth }) => depth === 0);
  // Not grouped, children come when they come: here after all parents, so that a reader who counts on more is found out.
  const ordered = grouped ? lines : [...roots, ...lines.filter(({ depth }) => depth > 0)];
  return {
    status: "COMPLETED",
    errorCode: null,
    objectCount: lines.length,
    rootObjectCount: roots.length,
    jsonl: ordered.map(({ json }) => `${JSON.stringify(json)}\n`).join(""),
  };
}

/** One line for every node of a connection; connections below it become lines of their own. */
function collect(value: unknown, parentId: string | null, depth: number, lines: Line[]): void {
  if (!isConnection(value)) return;
  for (const { node } of value.edges) {
    const json: Json = {};
    const inner: unknown[] = [];
    for (const [key, field] of Object.entries(node)) {
      if (isConnection(field)) inner.push(field);
      else json[key] = field;
    }
    if (parentId !== null) json.__parentId = parentId;
    lines.push({ json, depth });
    for (const one of inner) collect(one, String(node.id), depth + 1, lines);
  }
}

const isConnection = (value: unknown): value is { edges: { node: Json }[] } =>
  typeof value === "object" && value !== null && Array.isArray((value as { edges?: unknown }).edges);
