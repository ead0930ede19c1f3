import { Agent, Dispatcher, setGlobalDispatcher } from "undici";
import { env } from "./env.server.ts";

/**
 * Where there is a sandbox, every call for *.myshopify.com goes to it, with the shop's name still in the Host header.
 * The code that talks to Shopify is the same here and in production: it says https://<shop> and knows nothing of this.
 */
export function sendToSandbox(): void {
  const { SANDBOX_URL } = env();
  if (SANDBOX_URL) setGlobalDispatcher(new ToSandbox(new URL(SANDBOX_URL).origin));
}

class ToSandbox extends Dispatcher {
  #agent = new Agent();
  #origin: string;

  constructor(origin: string) {
    super();
    this.#origin = origin;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandlers): boolean {
    const asked = options.origin === undefined ? undefined : new URL(options.origin);
    if (!asked?.hostname.endsWith(".myshopify.com")) return this.#agent.dispatch(options, handler);
    return this.#agent.dispatch({ ...options, origin: this.#origin, headers: withHost(options.headers, asked.host) }, handler);
  }

  override async close(): Promise<void> {
    await this.#agent.close();
  }

  override async destroy(): Promise<void> {
    await this.#agent.destroy();
  }
}

// undici hands headers on in three shapes.
function withHost(headers: Dispatcher.DispatchOptions["headers"], host: string): Dispatcher.DispatchOptions["headers"] {
  if (Array.isArray(headers)) return [...headers, "host", host];
  const entries = headers && Symbol.iterator in headers ? Object.fromEntries(headers) : headers;
  return { ...entries, host };
}

const ofAdmin = /^https:\/\/admin\.shopify\.com(\/store\/[^/]+\/apps\/.*)$/;

/** Where Shopify's library would send a browser to the real admin, the sandbox has an admin of its own. */
export function inSandboxAdmin(location: string, origin: string): string {
  const [, path] = ofAdmin.exec(location) ?? [];
  return path ? `${origin}${path}` : location;
}
