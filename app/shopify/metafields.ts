import type { Admin } from "./admin.ts";

export const setMetafieldsDocument = `#graphql
mutation SetMetafields($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields { id }
    userErrors { field message code elementIndex }
  }
}`;

export const installationDocument = `#graphql
query Installation { currentAppInstallation { id } }`;

/** Shopify takes no more in one call. */
export const mostMetafields = 25;

export type MetafieldWish = { key: string; namespace?: string; type: "json" | "number_integer"; value: string };
/** What one owner is to carry: written whole or not at all. */
export type OwnerWish = { ownerId: string; metafields: MetafieldWish[] };
export type Refused = { ownerId: string; message: string };

type UserError = { field: string[] | null; message: string; elementIndex: number | null };
type Answer = { metafieldsSet: { userErrors: UserError[] } | null };

/**
 * Writes what the owners are to carry, in one call where Shopify accepts all of it. A call is all or nothing:
 * one owner that is gone would keep the others from being written, so it is left out and the rest sent again.
 * @returns the owners that Shopify refused, with its reason
 */
export async function setMetafields(admin: Admin, owners: OwnerWish[]): Promise<Refused[]> {
  if (owners.length === 0) return [];
  const flat = owners.flatMap((owner, index) => owner.metafields.map((wish) => ({ index, wish: { ownerId: owner.ownerId, ...wish } })));
  if (flat.length > mostMetafields) throw new RangeError(`Shopify takes ${mostMetafields} metafields in one call, not ${flat.length}.`);

  const answer = await admin.call<Answer>(setMetafieldsDocument, { metafields: flat.map(({ wish }) => wish) });
  const errors = answer.metafieldsSet?.userErrors ?? [];
  if (errors.length === 0) return [];

  const blamed = new Map<number, string>();
  for (const error of errors) {
    const owner = flat[indexOf(error)]?.index;
    if (owner !== undefined) blamed.set(owner, error.message);
  }
  const [first] = errors;
  if (blamed.size === 0 && owners.length === 1) blamed.set(0, first?.message ?? "refused without a reason");
  const refused = owners.flatMap((owner, index) => {
    const message = blamed.get(index);
    return message === undefined ? [] : [{ ownerId: owner.ownerId, message }];
  });
  const rest = owners.filter((_, index) => !blamed.has(index));
  // Nobody was named: halves find out who it is.
  const parts = blamed.size === 0 ? [rest.slice(0, rest.length >> 1), rest.slice(rest.length >> 1)] : [rest];
  for (const part of parts) refused.push(...(await setMetafields(admin, part)));
  return refused;
}

/** Whose data the app's own metafields are: this installation in this shop. */
export async function installationGid(admin: Admin): Promise<string> {
  const { currentAppInstallation } = await admin.call<{ currentAppInstallation: { id: string } }>(installationDocument);
  return currentAppInstallation.id;
}

// elementIndex is null for some errors; the path then names the element, such as ["metafields", "3", "ownerId"].
const indexOf = ({ elementIndex, field }: UserError): number => elementIndex ?? Number(field?.[1] ?? Number.NaN);
