// metafieldsSet and metafieldsDelete: all or nothing, with compare-and-set.

import { resolveNamespace } from "../../app-ids.ts";
import type { Metafield } from "../../world.ts";
import { type Area, type Ask, type UserError, userError } from "../ask.ts";
import { definitionOf } from "./metafield-definitions.ts";
import { faultOf, knownTypes } from "./metafield-values.ts";
import { digestOf, find, type Owner, ownerOf, ownerTypeOf } from "./metafields.ts";
import { touchOwner } from "./touch-owner.ts";

type Wish = { ownerId: string; namespace?: string | null; key: string; type?: string | null; value: string; compareDigest?: string | null };
type Planned = { owner: Owner; namespace: string; key: string; type: string; value: string };

export const metafieldsSetArea: Area = { Mutation: { metafieldsSet, metafieldsDelete } };

function metafieldsSet(_source: object, { metafields }: { metafields: Wish[] }, ask: Ask): object {
  if (metafields.length > 25)
    return {
      metafields: null,
      userErrors: [
        { ...userError("metafields", "Exceeded the maximum metafields input limit of 25.", "LESS_THAN_OR_EQUAL_TO"), elementIndex: null },
      ],
    };
  const planned = metafields.map((wish, index) => plan(ask, wish, index));
  const userErrors = planned.filter((one) => "message" in one);
  // One that cannot be written keeps all the others from being written.
  if (userErrors.length > 0) return { metafields: [], userErrors };
  const written = planned.flatMap((one) => ("owner" in one ? [write(ask, one)] : []));
  for (const owner of new Map(written.map((one) => [one.owner.gid, one.owner])).values()) touchOwner(ask, owner);
  return { metafields: written, userErrors: [] };
}

function plan(ask: Ask, wish: Wish, index: number): Planned | UserError {
  const no = (field: string, message: string, code: string): UserError => ({
    ...userError(["metafields", String(index), field], message, code),
    elementIndex: null,
  });
  const owner = ownerOf(ask, wish.ownerId);
  if (!owner) return no("ownerId", "Owner does not exist.", "INVALID");
  const namespace = resolveNamespace(ask.app, wish.namespace);
  if (namespace.startsWith("app--") && !namespace.startsWith(resolveNamespace(ask.app, null)))
    return no("namespace", "Access to this namespace and key on Metafields for this resource type is not allowed.", "APP_NOT_AUTHORIZED");
  if (namespace.length < 2) return no("namespace", "is too short (minimum is 2 characters)", "TOO_SHORT");
  if (namespace.length > 255) return no("namespace", "is too long (maximum is 255 characters)", "TOO_LONG");
  if (wish.key.length < 2) return no("key", "is too short (minimum is 2 characters)", "TOO_SHORT");
  if (wish.key.length > 64) return no("key", "is too long (maximum is 64 characters)", "TOO_LONG");

  const before = find(owner, namespace, wish.key);
  const definition = definitionOf(ask, ownerTypeOf(owner.type), namespace, wish.key);
  const type = wish.type ?? definition?.type ?? before?.type;
  if (!type) return no("type", "can't be blank", "BLANK");
  if (definition && definition.type !== type)
    return no("type", `Type '${type}' must be consistent with the definition's type: '${definition.type}'.`, "INVALID_TYPE");
  if (!knownTypes(type)) return no("type", `Type name ${type} is not a valid type.`, "INCLUSION");
  const fault = faultOf(type, wish.value);
  if (fault) return no("value", fault, fault === "may not be empty" ? "BLANK" : "INVALID_VALUE");
  if (Buffer.byteLength(wish.value) > (type === "json" ? 2_000_000 : 65_536)) return no("value", "Value is too long.", "TOO_LONG");
  if ("compareDigest" in wish && wish.compareDigest !== undefined && wish.compareDigest !== (before ? digestOf(before.value) : null))
    return no(
      "compareDigest",
      "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.",
      "STALE_OBJECT",
    );
  return { owner, namespace, key: wish.key, type, value: wish.value };
}

function write(ask: Ask, { owner, namespace, key, type, value }: Planned): { field: Metafield; owner: Owner } {
  const updatedAt = ask.world.clock.now().toISOString();
  const before = find(owner, namespace, key);
  const field = before ?? { id: ask.world.nextId(), namespace, key, type, value, updatedAt };
  if (before) Object.assign(before, { type, value, updatedAt });
  else owner.metafields.push(field);
  owner.keep();
  return { field, owner };
}

function metafieldsDelete(
  _source: object,
  { metafields }: { metafields: { ownerId: string; namespace?: string | null; key: string }[] },
  ask: Ask,
): object {
  const deletedMetafields = metafields.map(({ ownerId, namespace, key }) => {
    const owner = ownerOf(ask, ownerId);
    const field = owner && find(owner, resolveNamespace(ask.app, namespace), key);
    if (!owner || !field) return null;
    owner.metafields.splice(owner.metafields.indexOf(field), 1);
    owner.keep();
    return { ownerId, namespace: field.namespace, key };
  });
  return { deletedMetafields, userErrors: [] };
}
