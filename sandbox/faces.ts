// Everything of the sandbox that somebody looks at on its main port: start page, controls, the admin and App Bridge.

import { fileURLToPath } from "node:url";
import express, { type Router } from "express";
import { adminPages } from "./admin-frame/admin-pages.ts";
import { appBridge } from "./admin-frame/app-bridge.ts";
import { controlPage } from "./admin-frame/pages/control-page.ts";
import { startPage } from "./admin-frame/pages/start-page.ts";
import type { World } from "./store.ts";

export type Ports = {
  /** The folder of the theme app extension, for the theme editor and for what App Bridge says of it. */
  themeExtension?: string | undefined;
};

export function faces(world: World, ports: Ports = {}): Router {
  const router = express.Router();
  router.use("/admin-frame", express.static(fileURLToPath(new URL("admin-frame/public", import.meta.url)), { index: false }));
  router.use(appBridge(world, ports));
  router.get("/", (_, response) => void response.send(startPage(world).text));
  router.get("/control", (_, response) => void response.send(controlPage(world).text));
  router.use(adminPages(world, ports));
  return router;
}
