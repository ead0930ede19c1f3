// What an app may do in a shop, changed by the merchant in the middle of a session.

import type { ShopState, World } from "../store.ts";

export function changeScopes(
  world: World,
  state: ShopState,
  { grant = [], revoke = [] }: { grant?: string[]; revoke?: string[] },
): { scopes: string[] } {
  const { shop } = state;
  if (!shop.installation) return { scopes: [] };
  const previous = shop.installation.scopes;
  const granted = grant.filter((scope) => world.config.optionalScopes.includes(scope) || world.config.scopes.includes(scope));
  const kept = previous.filter((scope) => !revoke.includes(scope) || world.config.scopes.includes(scope));
  const current = [...new Set([...kept, ...granted])];
  shop.installation.scopes = current;
  for (const token of state.tokens.values()) if (!token.dead) token.scopes = current;
  world.changed(shop.handle);
  world.events.emit(shop.handle, "app/scopes_update", { scopes: { previous, current } });
  return { scopes: current };
}
