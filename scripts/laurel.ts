import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ownerPool } from "../app/db.server.ts";
import type { Description } from "./demo/describe.ts";
import { addApp, listApps } from "./laurel/apps.ts";
import { eventCommands, eventUsage } from "./laurel/event.ts";
import { listInbox, retryInbox, showDelivery } from "./laurel/inbox.ts";
import { Mistaken, mistaken } from "./laurel/mistaken.ts";
import { programCommands, programUsage } from "./laurel/program.ts";

const usage = `npm run laurel -- <what>

  app add --shop x.myshopify.com --key KEY --secret SECRET --handle HANDLE --distribution custom|public
                     serve one more Shopify app, for this shop (the secret may come in LAUREL_APP_SECRET instead)
  app list           the apps beside the one of the environment, and their shops

  inbox list [--waiting] [--shop x.myshopify.com] [--limit N]
                     deliveries that could not be used, and why
  inbox show ID      one delivery with its body (it may hold personal data)
  inbox retry ID | --shop x.myshopify.com | --all
                     try failed deliveries again

${eventUsage}

${programUsage}

Reads the same environment as the app: DATABASE_URL, LAUREL_ENCRYPTION_KEY and the others of .env.example. Where none
is set and a demo runs here, it speaks to that.`;

const options = {
  shop: { type: "string" },
  key: { type: "string" },
  secret: { type: "string" },
  handle: { type: "string" },
  distribution: { type: "string" },
  limit: { type: "string", default: "50" },
  waiting: { type: "boolean", default: false },
  all: { type: "boolean", default: false },
  note: { type: "string" },
  from: { type: "string" },
  "based-on": { type: "string" },
  draft: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  "exit-code": { type: "boolean", default: false },
  customer: { type: "string" },
  name: { type: "string" },
  source: { type: "string" },
  at: { type: "string" },
  property: { type: "string", multiple: true },
  help: { type: "boolean", default: false },
} as const;

type Given = ReturnType<typeof read>;

const commands: Record<string, (given: Given) => Promise<void>> = {
  async "app add"({ values }) {
    const shop = shopOf(values.shop) ?? mistaken("app add needs --shop, such as juniper.myshopify.com.");
    const apiKey = values.key ?? mistaken("app add needs --key, the app's client id.");
    const secret = values.secret ?? process.env.LAUREL_APP_SECRET ?? mistaken("app add needs --secret, the app's client secret.");
    const handle = values.handle ?? mistaken("app add needs --handle, the app's name in admin addresses.");
    const distribution = values.distribution ?? "custom";
    if (distribution !== "custom" && distribution !== "public") return mistaken("--distribution is custom or public.");
    await addApp(ownerPool(), { shop, apiKey, secret, handle, distribution });
    console.log(`${shop} now belongs to the app ${handle}. A running Laurel knows within 15 seconds.`);
  },

  async "app list"() {
    const apps = await listApps(ownerPool());
    if (apps.length === 0) console.log("There is no app beside the one of the environment.");
    for (const app of apps) {
      console.log(`${app.handle}  ${app.apiKey}  ${app.distribution}`);
      for (const { shop, installed } of app.shops) console.log(`  ${shop}  ${installed ? "installed" : "not installed"}`);
    }
  },

  async "inbox list"({ values }) {
    const state = values.waiting ? "waiting" : "failed";
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1) return mistaken("--limit is a whole number from 1 on.");
    const found = await listInbox(ownerPool(), { state, shop: shopOf(values.shop), limit });
    if (found.length === 0) console.log(`No delivery is ${state}.`);
    for (const one of found) {
      console.log(`${one.id}  ${one.receivedAt.toISOString()}  ${one.shop}  ${one.topic}  tried ${one.attempts} times`);
      if (one.reason) console.log(`  ${one.reason}`);
    }
  },

  async "inbox show"({ rest }) {
    const id = rest[0] ?? mistaken("inbox show needs the id of a delivery; inbox list has them.");
    const one = (await showDelivery(ownerPool(), id)) ?? mistaken(`There is no delivery ${id}.`);
    const { body, ...about } = one;
    for (const [name, value] of Object.entries(about)) console.log(`${name}: ${value instanceof Date ? value.toISOString() : value}`);
    console.log(body);
  },

  async "inbox retry"({ rest, values }) {
    const [id] = rest;
    if (!id && !values.shop && !values.all) return mistaken("inbox retry needs an id, --shop or --all.");
    const count = await retryInbox(ownerPool(), { id, shop: shopOf(values.shop) });
    console.log(count === 1 ? "1 delivery is tried again." : `${count} deliveries are tried again.`);
  },

  ...programCommands,
  ...eventCommands,
};

await run(process.argv.slice(2));

async function run(typed: string[]): Promise<void> {
  try {
    const given = read(typed);
    const [noun = "", verb = ""] = given.positionals;
    const name = `${noun} ${verb}`;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (given.values.help || !noun) return console.log(usage);
    if (!command) return mistaken(`There is no command "${name.trim()}".\n\n${usage}`);
    speakToDemo();
    await command({ ...given, values: { ...given.values, shop: shopOf(given.values.shop) } });
    if (!(name in programCommands || name in eventCommands)) await ownerPool().end();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // With --exit-code 1 says that something differs.
    process.exitCode = error instanceof Mistaken || typed.includes("--exit-code") ? 2 : 1;
  }
}

function speakToDemo(): void {
  if (process.env.DATABASE_URL || !existsSync(".demo.json")) return;
  const demo = JSON.parse(readFileSync(".demo.json", "utf8")) as Description;
  Object.assign(process.env, {
    DATABASE_URL: demo.database,
    SHOPIFY_API_KEY: demo.apiKey,
    SHOPIFY_API_SECRET: demo.apiSecret,
    SHOPIFY_APP_URL: demo.app,
    LAUREL_ENCRYPTION_KEY: demo.encryptionKey,
  });
}

function read(typed: string[]) {
  try {
    const { values, positionals } = parseArgs({ args: typed, options, allowPositionals: true });
    return { values, positionals, rest: positionals.slice(2) };
  } catch (error) {
    return mistaken(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function shopOf(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const shop = typed
    .replace(/^https?:\/\//, "")
    .replace(/\/.*$/, "")
    .toLowerCase();
  return /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(shop)
    ? shop
    : mistaken(`${typed} is not the name of a shop, such as juniper.myshopify.com.`);
}
