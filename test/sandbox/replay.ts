// Plays a recording against the sandbox and compares answer by answer. Ids, instants and cursors are whatever they are;
// an id once met in an answer is translated in what follows.

import { type DocumentNode, Kind, parse } from "graphql";
import { areas } from "../../sandbox/admin-api/areas/index.ts";
import { type SmallWorld, smallWorld } from "./admin-world.ts";
import type { Json, Pair, Recording } from "./captures.ts";

export type Verdict = { pair: Pair; agrees: boolean; difference: string | null };

const gidShape = /gid:\/\/shopify\/(\w+)\/[\w-]+/g;

export function replay(recording: Recording): Verdict[] {
  // As the recorded shop was.
  const small = smallWorld({
    shopIs: { currency: "CAD", sellsSubscriptions: true, plan: "basic" },
    now: recording.at,
    version: recording.version,
  });
  for (const table of [
    small.state.discounts,
    small.state.customers,
    small.state.orders,
    small.state.giftCards,
    small.state.segments,
    small.state.storeCredit,
    small.state.webhookSubscriptions,
    small.state.bulkOperations,
  ] as Map<string, unknown>[])
    table.clear();
  const ids = new Map<string, string>();
  const verdicts: Verdict[] = [];
  for (const pair of recording.pairs) {
    if (!isRelevant(pair)) continue;
    const asked = `${pair.query} ${JSON.stringify(pair.variables)}`;
    const known = gidsIn(asked).every((id) => ids.has(id));
    if (!known && !seed(small, pair, ids)) continue;
    // What a read shows of records made elsewhere says nothing of the sandbox.
    const isRead = !/\bmutation\b/.test(pair.query);
    if (isRead && !pair.response.errors && !(known && gidsIn(asked).length > 0)) continue;

    small.state.bucket = null;
    const query = translated(pair.query, ids);
    const variables = JSON.parse(translated(JSON.stringify(pair.variables), ids));
    const answer = small.ask(query, variables) as Json;
    // What the sandbox says that it does not play is not compared.
    if (JSON.stringify(answer.errors ?? []).includes("SANDBOX_HAS_NO_ANSWER")) continue;
    const difference = differs(
      { data: answer.data ?? null, errors: answer.errors ?? [] },
      { data: pair.response.data ?? null, errors: pair.response.errors ?? [] },
      "",
      ids,
    );
    verdicts.push({ pair, agrees: difference === null, difference });
  }
  return verdicts;
}

/** The document is one of the sandbox's version and asks only what the sandbox plays. */
function isRelevant({ query, place }: Pair): boolean {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return false;
  }
  // How far a job of a big shop had come when it was looked at says nothing either.
  if (/poll|cancelAttempt|readAfterCancel|preCancel/i.test(place)) return false;
  const roots = document.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? one.selectionSet.selections : []));
  const played = roots.every((one) => one.kind === Kind.FIELD && (areas.QueryRoot?.[one.name.value] || areas.Mutation?.[one.name.value]));
  return played && roots.length > 0;
}

const gidsIn = (text: string): string[] => [...text.matchAll(gidShape)].map(([id]) => id);
const translated = (text: string, ids: Map<string, string>): string => text.replaceAll(gidShape, (id) => ids.get(id) ?? id);

/** Records a recording takes for granted, unless its answer says that they are not there. False: one was made in a way we do not play. */
function seed({ state }: SmallWorld, { query, variables, response }: Pair, ids: Map<string, string>): boolean {
  const answer = JSON.stringify(response);
  for (const id of gidsIn(`${query} ${JSON.stringify(variables)}`)) {
    if (ids.has(id)) continue;
    const [, type = "", key = ""] = /shopify\/(\w+)\/([\w-]+)/.exec(id) ?? [];
    if (
      answer.includes(`id: ${key} is invalid`) ||
      /does not exist|not found|can't be found|could not be found|Invalid id/.test(answer) ||
      Number(key) < 2
    )
      continue;
    const product = state.products.get("1");
    if (!product) return false;
    if (type === "Product")
      state.products.set(key, {
        ...product,
        id: key,
        variants: [{ id: `${key}0`, title: "Default", sku: "", price: 1000, compareAtPrice: null }],
      });
    else if (type === "ProductVariant")
      state.products.set(`9${key}`, {
        ...product,
        id: `9${key}`,
        variants: [{ id: key, title: "Default", sku: "", price: 1000, compareAtPrice: null }],
      });
    else if (type === "Collection") state.collections.set(key, { id: key, handle: key, title: "Collection" });
    else if (type === "Customer")
      state.customers.set(key, {
        id: key,
        firstName: "Ann",
        lastName: "Li",
        email: `${key}@example.com`,
        phone: null,
        locale: "en",
        tags: [],
        state: "disabled",
        marketing: "NOT_SUBSCRIBED",
        country: "CA",
        createdAt: "2026-01-01T00:00:00Z",
        updatedAt: "2026-01-01T00:00:00Z",
        metafields: [],
        mergedInto: null,
      });
    else return false;
    ids.set(id, id);
  }
  return true;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const free = new Set([
  "cursor",
  "startCursor",
  "endCursor",
  "locations",
  "giftCardCode",
  "maskedCode",
  "lastCharacters",
  "legacyResourceId",
  "requestId",
  "extraInfo",
]);

/** The first difference, by its place; learns ids on the way. */
function differs(ours: unknown, theirs: unknown, place: string, ids: Map<string, string>): string | null {
  if (Array.isArray(theirs)) {
    if (!Array.isArray(ours) || ours.length !== theirs.length) return `${place}: ${short(ours)} is not ${short(theirs)}`;
    for (const [index, one] of theirs.entries()) {
      const difference = differs(ours[index], one, `${place}.${index}`, ids);
      if (difference) return difference;
    }
    return null;
  }
  if (typeof theirs === "object" && theirs !== null) {
    if (typeof ours !== "object" || ours === null) return `${place}: ${short(ours)} is not ${short(theirs)}`;
    for (const [key, one] of Object.entries(theirs)) {
      if (free.has(key)) continue;
      const difference = differs((ours as Json)[key], one, `${place}.${key}`, ids);
      if (difference) return difference;
    }
    return null;
  }
  if (typeof theirs === "string" && typeof ours === "string") {
    if (instant.test(theirs) && instant.test(ours)) return null;
    if (/^gid:/.test(theirs) && /^gid:/.test(ours) && theirs.split("/")[3] === ours.split("/")[3]) {
      ids.set(theirs.split("?")[0] ?? theirs, ours);
      return null;
    }
    if (translated(theirs, ids) === ours) return null;
  }
  return ours === theirs ? null : `${place}: ${short(ours)} is not ${short(theirs)}`;
}

const short = (value: unknown): string => (JSON.stringify(value) ?? "absent").slice(0, 160);
