import type { Problem } from "../../loyalty/program/check.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { publish as t } from "../texts/publish.ts";

export type ProblemRow = { path: string; said: string; suggestion: string | null; name: string; url: string };

const pages: Record<string, string> = { earning: "/app/earning", boosts: "/app/boosts", rewards: "/app/rewards" };

/** A problem with the name of what has it and the page that mends it. */
export function problemRow({ path, at, said, suggestion }: Problem, definition: Definition): ProblemRow {
  const [part = "", index] = at;
  const items = part === "tiers" ? undefined : (definition[part as "earning"] as unknown);
  const item = Array.isArray(items) && typeof index === "number" ? (items[index] as { id: string; name: unknown }) : undefined;
  const page = pages[part];
  const name = typeof item?.name === "string" ? item.name : (t.parts[part] ?? String(part));
  const url = page ? (item ? `${page}/${item.id}` : page) : part === "tiers" ? "/app/tiers" : "/app/settings";
  return { path, said, suggestion, name, url };
}
