// Webhook subscriptions made by call. Those of shopify.app.toml are not among them, as at Shopify.

import type { WebhookSubscription } from "../../store.ts";
import { gid, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, type Fields, type UserError, userError } from "../ask.ts";
import { connection } from "../connection.ts";

const subscription: Fields<WebhookSubscription> = {
  id: ({ id }) => gid("WebhookSubscription", id),
  legacyResourceId: ({ id }) => id,
  format: () => "JSON",
  apiVersion: (_, __, { world }) => ({ handle: world.config.apiVersion, displayName: world.config.apiVersion, supported: true }),
  callbackUrl: ({ uri }) => uri,
  endpoint: ({ uri }) => ({ __typename: "WebhookHttpEndpoint", callbackUrl: uri }),
  metafieldNamespaces: () => [],
  metafields: () => [],
  name: () => null,
};

export const webhookSubscriptionsArea: Area = {
  QueryRoot: {
    webhookSubscription: (_source: object, { id }, { state }) => state.webhookSubscriptions.get(idOf(id)) ?? null,
    webhookSubscriptions: (_source: object, args, ask) => {
      const found = [...ask.state.webhookSubscriptions.values()].filter(
        (one) =>
          (!args.topics || args.topics.includes(one.topic)) &&
          (!args.uri || one.uri === args.uri) &&
          (!args.callbackUrl || one.uri === args.callbackUrl),
      );
      return connection(ask, found, args, { id: ({ id }) => id });
    },
  },
  Mutation: { webhookSubscriptionCreate: create, webhookSubscriptionUpdate: update, webhookSubscriptionDelete: remove },
  WebhookSubscription: subscription,
};

function create(_source: object, { topic, webhookSubscription: wish }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const uri = wish.uri ?? wish.callbackUrl;
  const fault = faultOf(ask, topic, uri, wish);
  if (fault) return { webhookSubscription: null, userErrors: [fault] };
  const at = world.clock.now().toISOString();
  const made: WebhookSubscription = {
    id: world.nextId(),
    topic,
    uri,
    filter: wish.filter ?? null,
    includeFields: wish.includeFields ?? [],
    createdAt: at,
    updatedAt: at,
  };
  state.webhookSubscriptions.set(made.id, made);
  world.changed(shop.handle, "webhookSubscriptions", made.id);
  return { webhookSubscription: made, userErrors: [] };
}

function update(_source: object, { id, webhookSubscription: wish }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const found = state.webhookSubscriptions.get(idOf(id));
  if (!found) return { webhookSubscription: null, userErrors: [userError("id", "Webhook subscription does not exist")] };
  const uri = wish.uri ?? wish.callbackUrl ?? found.uri;
  const fault = faultOf(ask, found.topic, uri, wish, found.id);
  if (fault) return { webhookSubscription: null, userErrors: [fault] };
  Object.assign(found, {
    uri,
    filter: wish.filter ?? found.filter,
    includeFields: wish.includeFields ?? found.includeFields,
    updatedAt: world.clock.now().toISOString(),
  });
  world.changed(shop.handle, "webhookSubscriptions", found.id);
  return { webhookSubscription: found, userErrors: [] };
}

function remove(_source: object, { id }: Args, { world, state, shop }: Ask): object {
  const found = state.webhookSubscriptions.get(idOf(id));
  if (!found) return { deletedWebhookSubscriptionId: null, userErrors: [userError("id", "Webhook subscription does not exist")] };
  state.webhookSubscriptions.delete(found.id);
  world.changed(shop.handle, "webhookSubscriptions", found.id);
  return { deletedWebhookSubscriptionId: gid("WebhookSubscription", found.id), userErrors: [] };
}

function faultOf({ state, app }: Ask, topic: string, uri: string | undefined, wish: Args, self?: string): UserError | null {
  const no = (message: string) => userError("webhookSubscription.callbackUrl", message);
  if (!uri) return no("Address can't be blank");
  if (Buffer.byteLength(uri) > 65_535) return no("Address is too big (maximum is 64 KB)");
  const scheme = /^(\w+):/.exec(uri)?.[1];
  // The app under the sandbox runs on http; to Shopify itself that would not do.
  const own = uri.startsWith(app.url) || uri.startsWith("/");
  if (!own && !scheme) return no("Address is invalid");
  if (!own && scheme !== "https" && scheme !== "pubsub" && scheme !== "arn") return no(`Address protocol ${scheme}:// is not supported`);
  if (/^https:\/\/([\w-]+\.)*(myshopify|shopify)\.(com|io)(\/|$)|^https:\/\/localhost/.test(uri))
    return no("Address cannot be a Shopify or an internal domain");
  const taken = [...state.webhookSubscriptions.values()].some(
    (one) => one.id !== self && one.topic === topic && one.uri === uri && one.filter === (wish.filter ?? null),
  );
  if (taken) return no("Address for this topic has already been taken");
  if (wish.filter && !wish.filter.includes(":"))
    return userError(
      "webhookSubscription",
      "The specified filter is invalid, please ensure you specify the field(s) you wish to filter on.",
    );
  return null;
}
