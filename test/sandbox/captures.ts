// Recorded answers of the real Admin API, read from wherever they lie, as pairs of request and response.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export type Pair = { file: string; place: string; query: string; variables: Record<string, unknown>; response: Json };
export type Json = Record<string, unknown>;
export type Recording = { file: string; at: string; version: string; pairs: Pair[] };

export const capturesDir = process.env.CAPTURES_DIR ?? join(import.meta.dirname, "../../../shared/captures");
export const capturesPresent = (): boolean => existsSync(capturesDir);

/** Those of the areas the sandbox plays. */
const areas = /\/(discounts|customers|gift-cards|bulk-operations|webhooks|segments|apps|orders)\//;

export function recordings(): Recording[] {
  return readdirSync(capturesDir, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && areas.test(name))
    .sort()
    .map((name) => read(join(capturesDir, name)));
}

function read(path: string): Recording {
  const file = relative(capturesDir, path);
  const whole = JSON.parse(readFileSync(path, "utf8")) as Json;
  const pairs: Pair[] = [];
  walk(whole, []);
  const version = /\/(20\d\d-\d\d)\//.exec(file)?.[1] ?? "2026-10";
  return {
    file,
    version,
    at: String(whole.capturedAt ?? (whole.metadata as Json | undefined)?.capturedAt ?? "2026-06-01T00:00:00Z"),
    pairs,
  };

  function walk(value: unknown, path: string[]): void {
    if (typeof value !== "object" || value === null || path.at(-1) === "upstreamCalls") return;
    const one = value as Json;
    const query = one.query;
    if (typeof query === "string" && /[{]/.test(query) && /query|mutation|^\s*\{/.test(query)) {
      // The answer stands beside its request, or at the top under the request's name.
      const response = bodyOf(one.response) ?? bodyOf(one) ?? bodyOf(whole[path.at(-1) ?? ""]);
      if (response) pairs.push({ file, place: path.join("."), query, variables: (one.variables as Json) ?? {}, response });
    }
    for (const [key, inner] of Object.entries(one)) walk(inner, [...path, key]);
  }
}

function bodyOf(value: unknown): Json | null {
  if (typeof value !== "object" || value === null) return null;
  const one = value as Json;
  if ("data" in one || "errors" in one) return one;
  return bodyOf(one.payload) ?? bodyOf(one.response) ?? bodyOf(one.body);
}
