// The sandbox's Shopify answering over HTTP, without its faces: what a shop's own domain would answer.

import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { adminApi } from "../../sandbox/admin-api/index.ts";
import { oauth } from "../../sandbox/oauth.ts";
import type { World } from "../../sandbox/store.ts";

export type Reply = { status: number; headers: Record<string, unknown>; body: ReturnType<typeof JSON.parse> };
export type ShopifyServer = {
  post(path: string, body: unknown, more?: { headers?: Record<string, string>; host?: string }): Promise<Reply>;
  close(): Promise<void>;
};

export async function shopifyServer(world: World): Promise<ShopifyServer> {
  const server = createServer(express().use(oauth(world), adminApi(world)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    post: (path, body, { headers = {}, host = "laurel-demo.myshopify.com" } = {}) =>
      new Promise((resolve, reject) => {
        const call = request(
          { port, host: "127.0.0.1", path, method: "POST", headers: { "content-type": "application/json", host, ...headers } },
          (response) => {
            const parts: Buffer[] = [];
            response.on("data", (part) => parts.push(part));
            response.on("end", () => {
              const text = Buffer.concat(parts).toString();
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                body: text.startsWith("{") ? JSON.parse(text) : text,
              });
            });
          },
        );
        call.on("error", reject);
        call.end(JSON.stringify(body));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
