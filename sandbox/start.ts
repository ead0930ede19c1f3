// Starts the whole sandbox in this process: one port for admin, Admin API and controls, one port for each storefront.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { adminApi } from "./admin-api/index.ts";
import { control } from "./control.ts";
import { faces } from "./faces.ts";
import { oauth } from "./oauth.ts";
import { readToml } from "./read-toml.ts";
import { openShop, type ShopSeed } from "./seed.ts";
import { createWorld, type World } from "./store.ts";
import { storefront } from "./storefront/index.ts";
import { type SenderOptions, startSender } from "./webhooks.ts";
import type { App, Instant } from "./world.ts";

export type SandboxOptions = {
  /** 0: any free port. */
  port: number;
  /** The first storefront's; the next shops get the next ports. 0: any free ones. */
  storefrontPort: number;
  /** Absent: memory only. */
  stateDir?: string;
  /** The path of shopify.app.toml. */
  toml: string;
  apps: App[];
  shops: ShopSeed[];
  /** The path of the theme app extension. */
  themeExtension: string;
  now?: Instant;
  firstId?: bigint;
  quiet?: boolean;
  webhooks?: SenderOptions;
};

export type RunningSandbox = {
  url: string;
  storefrontUrl(handle: string): string;
  world: World;
  /** Waits until no webhook is queued or in flight. */
  settle(timeoutMs?: number): Promise<{ settled: boolean; waiting: number }>;
  close(): Promise<void>;
};

export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { apps, stateDir, now, firstId } = options;
  const world = createWorld({ apps, config: readToml(options.toml), stateDir, now, firstId });
  for (const seed of options.shops) openShop(world, seed);
  const sender = startSender(world, options.webhooks);
  const servers: Server[] = [];

  try {
    let port = options.storefrontPort;
    for (const [handle, state] of world.shops) {
      const server = await listen(storefront(world, state, { themeExtension: options.themeExtension }), port);
      servers.push(server);
      state.shop.storefrontPort = portOf(server);
      world.changed(handle, "shop");
      if (port !== 0) port += 1;
    }

    const main = express();
    main.disable("x-powered-by");
    // What a real shop answers on its own domain is known by the Host header.
    const shopify = express.Router().use(oauth(world), adminApi(world));
    main.use((request, response, next) => (isShopDomain(request.headers.host) ? shopify(request, response, next) : next()));
    main.use("/control", control(world, sender));
    main.use(faces(world, { themeExtension: options.themeExtension }));
    servers.push(await listen(main, options.port));
  } catch (error) {
    await close();
    throw error;
  }

  async function close(): Promise<void> {
    await sender.close();
    await Promise.all(servers.map(closed));
    world.close();
  }

  const url = `http://localhost:${portOf(servers.at(-1) as Server)}`;
  if (!options.quiet) console.log(`The sandbox is at ${url}`);
  return {
    url,
    storefrontUrl: (handle) => {
      const state = world.shops.get(handle);
      if (!state) throw new Error(`There is no shop ${handle}.`);
      return `http://localhost:${state.shop.storefrontPort}`;
    },
    world,
    settle: (timeoutMs = 30_000) => sender.settle(timeoutMs),
    close,
  };
}

const isShopDomain = (host = ""): boolean => /^[a-z0-9-]+\.myshopify\.com(:\d+)?$/i.test(host);
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function listen(app: Express, port: number): Promise<Server> {
  const server = createServer(app);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
