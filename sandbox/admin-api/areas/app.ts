// The asking app and its installation.

import { appId, installationId } from "../../app-ids.ts";
import { type App, gid } from "../../world.ts";
import { type Area, type Ask, type Fields, failure, userError } from "../ask.ts";
import { metafieldFields } from "./metafields.ts";

type Installed = { installationOf: App };

const installation: Fields<Installed> = {
  ...metafieldFields("AppInstallation"),
  id: ({ installationOf }, _, { shop }) => gid("AppInstallation", installationId(installationOf, shop)),
  launchUrl: ({ installationOf }, _, { shop }) => `https://admin.shopify.com/store/${shop.handle}/apps/${installationOf.handle}`,
  uninstallUrl: () => null,
  accessScopes: (_, __, { scopes }) => [...scopes].map(scope),
  app: ({ installationOf }) => installationOf,
  activeSubscriptions: () => [],
};

const app: Fields<App> = {
  id: (one) => gid("App", appId(one)),
  developerName: () => "Laurel",
  embedded: () => true,
  launchUrl: (one, _, { shop }) => `https://admin.shopify.com/store/${shop.handle}/apps/${one.handle}`,
  installation: (one) => ({ installationOf: one }),
  requestedAccessScopes: (_, __, { world }) => world.config.scopes.map(scope),
  optionalAccessScopes: (_, __, { world }) => world.config.optionalScopes.map(scope),
};

const scope = (handle: string) => ({ handle, description: handle.replaceAll("_", " ") });

export const installedOf = ({ app: one }: Ask): Installed => ({ installationOf: one });

export const appArea: Area = {
  QueryRoot: {
    currentAppInstallation: (_source: object, _args, ask) => installedOf(ask),
    app: (_source: object, args, ask) => (!args.id || args.id === gid("App", appId(ask.app)) ? ask.app : null),
    appByKey: (_source: object, { apiKey }, { world }) => world.apps.get(apiKey) ?? null,
  },
  Mutation: { appRevokeAccessScopes: revokeScopes, appSubscriptionCreate: subscribe },
  AppInstallation: installation,
  App: app,
};

function revokeScopes(_source: object, { scopes }: { scopes: string[] }, ask: Ask): object {
  const { world, shop } = ask;
  const refuse = (message: string, code: string) => ({ revoked: null, userErrors: [userError("scopes", message, code)] });
  const known = new Set([...world.config.scopes, ...world.config.optionalScopes, ...ask.scopes]);
  if (scopes.some((one) => !known.has(one)))
    return refuse("The requested list of scopes to revoke includes invalid handles.", "UNKNOWN_SCOPES");
  if (scopes.some((one) => world.config.scopes.includes(one)))
    return refuse("Scopes that are declared as required cannot be revoked.", "CANNOT_REVOKE_REQUIRED_SCOPES");
  const revoked = scopes.filter((one) => ask.scopes.has(one));
  const previous = [...ask.scopes];
  for (const one of revoked) ask.scopes.delete(one);
  const current = [...ask.scopes];
  if (shop.installation && revoked.length > 0) {
    shop.installation.scopes = current;
    world.changed(shop.handle);
    world.events.emit(shop.handle, "app/scopes_update", { scopes: { previous, current } });
  }
  return { revoked: revoked.map(scope), userErrors: [] };
}

/** Managed pricing is the way now; the sandbox knows only Shopify's refusal for custom apps. */
function subscribe(_source: object, _args: object, { app: one }: Ask): object {
  if (one.distribution !== "custom")
    throw failure("The sandbox has no answer for Mutation.appSubscriptionCreate of a public app.", "SANDBOX_HAS_NO_ANSWER");
  return { appSubscription: null, confirmationUrl: null, userErrors: [userError(null, "Custom apps cannot use the Billing API")] };
}
