// Metafield definitions: those shopify.app.toml declares and those made by call.

import { resolveNamespace } from "../../app-ids.ts";
import type { MetafieldDefinition } from "../../store.ts";
import { gid } from "../../world.ts";
import { type Area, type Args, type Ask, type Fields, type UserError, userError } from "../ask.ts";
import { connection } from "../connection.ts";
import { matcher } from "../search.ts";
import { knownTypes } from "./metafield-values.ts";

export const definitionOf = (ask: Ask, ownerType: string, namespace: string, key: string): MetafieldDefinition | undefined =>
  definitions(ask).find((one) => one.ownerType === ownerType && one.namespace === namespace && one.key === key);

function definitions({ world, state, app }: Ask): MetafieldDefinition[] {
  const declared = world.config.metafieldDefinitions.map((one, index) => ({
    id: String(index + 1),
    ownerType: one.ownerType.toUpperCase(),
    namespace: resolveNamespace(app, one.namespace),
    key: one.key,
    type: one.type,
    name: one.name,
    access: { admin: "MERCHANT_READ", storefront: upper(one.storefront, "NONE"), customerAccount: upper(one.customerAccount, "NONE") },
  }));
  return [...declared, ...state.metafieldDefinitions.values()];
}

const upper = (text: string | undefined, otherwise: string): string => (text ? text.toUpperCase() : otherwise);

const definition: Fields<MetafieldDefinition> = {
  id: ({ id }) => gid("MetafieldDefinition", id),
  type: ({ type }) => ({ name: type, category: type.split("_")[0]?.toUpperCase() }),
  description: () => null,
  pinnedPosition: () => null,
  validations: () => [],
};

export const metafieldDefinitionsArea: Area = {
  QueryRoot: {
    metafieldDefinitions: (_source: object, args, ask) => {
      const namespace = args.namespace ? resolveNamespace(ask.app, args.namespace) : null;
      const matches = matcher<MetafieldDefinition>(args.query, {
        text: ({ name }) => name,
        fields: { key: ({ key }) => key, type: ({ type }) => type },
      });
      const found = definitions(ask).filter(
        (one) =>
          one.ownerType === args.ownerType &&
          (!namespace || one.namespace === namespace) &&
          (!args.key || one.key === args.key) &&
          matches(one),
      );
      return connection(ask, found, args, { id: ({ id }) => id });
    },
  },
  Mutation: { metafieldDefinitionCreate, metafieldDefinitionUpdate },
  MetafieldDefinition: definition,
};

function metafieldDefinitionCreate(_source: object, { definition: wish }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const namespace = resolveNamespace(ask.app, wish.namespace);
  const no = (field: string, message: string, code: string): object => ({
    createdDefinition: null,
    userErrors: [withoutExtra(userError(`definition.${field}`, message, code))],
  });
  if (wish.key.length < 2) return no("key", "Key is too short (minimum is 2 characters)", "TOO_SHORT");
  if (namespace.length < 3) return no("namespace", "Namespace is too short (minimum is 3 characters)", "TOO_SHORT");
  if (!knownTypes(wish.type)) return no("type", `Type name ${wish.type} is not a valid type.`, "INCLUSION");
  if (definitionOf(ask, wish.ownerType, namespace, wish.key))
    return no(
      "key",
      `Key is in use for ${wish.ownerType[0]}${wish.ownerType.slice(1).toLowerCase()} metafields on the '${namespace}' namespace.`,
      "TAKEN",
    );
  const created: MetafieldDefinition = {
    id: world.nextId(),
    ownerType: wish.ownerType,
    namespace,
    key: wish.key,
    type: wish.type,
    name: wish.name,
    access: accessOf(wish.access),
  };
  state.metafieldDefinitions.set(created.id, created);
  world.changed(shop.handle, "metafieldDefinitions", created.id);
  return { createdDefinition: created, userErrors: [] };
}

function metafieldDefinitionUpdate(_source: object, { definition: wish }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const namespace = resolveNamespace(ask.app, wish.namespace);
  const found = [...state.metafieldDefinitions.values()].find(
    (one) => one.ownerType === wish.ownerType && one.namespace === namespace && one.key === wish.key,
  );
  if (!found)
    return {
      updatedDefinition: null,
      validationJob: null,
      userErrors: [withoutExtra(userError("definition", "Definition not found.", "NOT_FOUND"))],
    };
  if (wish.name) found.name = wish.name;
  if (wish.access) found.access = accessOf({ ...found.access, ...wish.access });
  world.changed(shop.handle, "metafieldDefinitions", found.id);
  return { updatedDefinition: found, validationJob: null, userErrors: [] };
}

const accessOf = (wish: Args): MetafieldDefinition["access"] => ({
  admin: wish?.admin ?? "PUBLIC_READ_WRITE",
  storefront: wish?.storefront ?? "NONE",
  customerAccount: wish?.customerAccount ?? "NONE",
});

const withoutExtra = ({ field, message, code }: UserError): UserError => ({ field, message, code: code ?? null });
