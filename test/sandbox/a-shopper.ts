// Somebody with a browser, as far as HTTP goes: keeps cookies, follows redirects within the shop, sends forms.

import type { AddressInfo } from "node:net";
import type { Express } from "express";

export type Page = { status: number; path: string; text: string; location: string | null };

export async function aSiteOf(app: Express) {
  const server = app.listen(0, "127.0.0.1");
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function aShopper(origin: string) {
  const cookies = new Map<string, string>();

  async function ask(path: string, init: RequestInit = {}): Promise<Page> {
    const headers = {
      ...(init.headers as Record<string, string>),
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    };
    const answer = await fetch(new URL(path, origin), { ...init, headers, redirect: "manual" });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: answer.status, path, text: await answer.text(), location: answer.headers.get("location") };
  }
  const follow = async (page: Page): Promise<Page> => (page.location?.startsWith("/") ? follow(await ask(page.location)) : page);

  return {
    cookies,
    /** One answer, redirects not followed. */
    ask,
    visit: async (path: string) => follow(await ask(path)),
    send: async (path: string, fields: Record<string, string>) =>
      follow(await ask(path, { method: "POST", body: new URLSearchParams(fields) })),
    json: async (path: string, body?: unknown) => {
      const headers = { accept: "application/json", "content-type": "application/json" };
      const answer = await ask(path, body === undefined ? { headers } : { headers, method: "POST", body: JSON.stringify(body) });
      return JSON.parse(answer.text) as Record<string, never> & { [name: string]: unknown };
    },
  };
}
