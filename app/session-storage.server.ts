import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import { log } from "./log.server.ts";
import { seal, unseal } from "./secrets.server.ts";

/** Sessions in PostgreSQL with their tokens encrypted. A session that could never be refreshed is not kept. */
export function encrypted(plain: SessionStorage): SessionStorage {
  const opened = (session: Session | undefined): Session | undefined => {
    if (!session) return undefined;
    const params = session.toObject();
    try {
      const accessToken = params.accessToken ? unseal(params.accessToken, `access ${session.id}`) : undefined;
      const refreshToken = params.refreshToken ? unseal(params.refreshToken, `refresh ${session.id}`) : undefined;
      return new Session({ ...params, accessToken, refreshToken });
    } catch (error) {
      // A session that cannot be opened is as good as none: the next visit to the admin gets a new token.
      log.warn({ session: session.id, error: error instanceof Error ? error.message : "unknown" }, "a stored session could not be opened");
      return undefined;
    }
  };

  return {
    async storeSession(session) {
      // A token answer without an end would be believed for ever and never refreshed (shopify-app-js #3400).
      if (session.accessToken && !session.isOnline && !session.expires) return false;
      const params = session.toObject();
      const accessToken = params.accessToken ? seal(params.accessToken, `access ${session.id}`) : params.accessToken;
      const refreshToken = params.refreshToken ? seal(params.refreshToken, `refresh ${session.id}`) : undefined;
      return plain.storeSession(new Session({ ...params, accessToken, refreshToken }));
    },
    loadSession: async (id) => opened(await plain.loadSession(id)),
    deleteSession: (id) => plain.deleteSession(id),
    deleteSessions: (ids) => plain.deleteSessions(ids),
    findSessionsByShop: async (shop) => (await plain.findSessionsByShop(shop)).flatMap((session) => opened(session) ?? []),
  };
}

/** Remembers nothing: for requests whose signature is all that counts. */
export const noSessions: SessionStorage = {
  storeSession: async () => true,
  loadSession: async () => undefined,
  deleteSession: async () => true,
  deleteSessions: async () => true,
  findSessionsByShop: async () => [],
};
