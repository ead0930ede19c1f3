import { createHash, createHmac, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { parseArgs } from "node:util";
import type { Description } from "./demo/describe.ts";

const usage = `npm run deliver -- --topic orders/paid FILE...

Signs saved webhook bodies and posts them to a running Laurel, as Shopify would.

  --topic TOPIC        such as orders/paid; without it, taken from the folder's name (orders_paid/x.json)
  --shop DOMAIN        the shop they are from          (default: the demo's first shop)
  --url URL            where Laurel is                  (default: the demo's)
  --secret SECRET      the client secret of that shop's app (default: the demo's, else SHOPIFY_API_SECRET)
  --again N            send each N times more, with the same webhook id
  --shuffle            in no particular order
  --webhook-id ID      for a single file; else the id follows from shop, topic and content, so that the same file
                       sent tomorrow is known as the same delivery
  --new-ids            give every delivery an id that was never used
  --triggered-at TIME  when Shopify would have sent it   (default: now)`;

/** What the person typed cannot be done; the sentence says why. */
class Mistaken extends Error {}

type Wish = { file: string; topic: string; body: Buffer; webhookId: string };
type Target = { url: string; shop: string; secret: string; triggeredAt: string };

deliver(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Mistaken ? `${error.message}\nnpm run deliver -- --help tells how it is used.` : error);
    process.exitCode = 2;
  },
);

async function deliver(typed: string[]): Promise<number> {
  const { values, positionals } = read(typed);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length === 0) throw new Mistaken("Name at least one file.");
  if (values["webhook-id"] && positionals.length > 1) throw new Mistaken("--webhook-id is for a single file.");
  const again = Number(values.again);
  if (!Number.isInteger(again) || again < 0) throw new Mistaken("--again is a whole number from 0 on.");

  const target = targetOf(values);
  const wishes = positionals.map((file): Wish => {
    if (!existsSync(file)) throw new Mistaken(`There is no file ${file}.`);
    const body = readFileSync(file);
    const topic = values.topic ?? topicOf(file);
    const webhookId = values["webhook-id"] ?? (values["new-ids"] ? randomUUID() : idOf(target.shop, topic, body));
    return { file, topic, body, webhookId };
  });
  const round = Array.from({ length: again + 1 }, () => wishes).flat();
  let refused = 0;
  for (const wish of values.shuffle ? shuffled(round) : round) {
    const status = await post(target, wish);
    if (status !== 200) refused += 1;
    console.log(`${status}  ${wish.topic}  ${wish.file}`);
  }
  console.log(`${round.length - refused} of ${round.length} deliveries were accepted by ${target.url} for ${target.shop}.`);
  return refused === 0 ? 0 : 1;
}

function read(typed: string[]) {
  try {
    return parseArgs({
      args: typed,
      allowPositionals: true,
      options: {
        topic: { type: "string" },
        shop: { type: "string" },
        url: { type: "string" },
        secret: { type: "string" },
        again: { type: "string", default: "0" },
        shuffle: { type: "boolean", default: false },
        "webhook-id": { type: "string" },
        "new-ids": { type: "boolean", default: false },
        "triggered-at": { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new Mistaken(error instanceof Error ? error.message : String(error));
  }
}

function targetOf(given: { shop?: string; url?: string; secret?: string; "triggered-at"?: string }): Target {
  const demo = existsSync(".demo.json") ? (JSON.parse(readFileSync(".demo.json", "utf8")) as Description) : undefined;
  const url = given.url ?? demo?.app;
  const shop = given.shop ?? demo?.shopDomain;
  const secret = given.secret ?? demo?.shops.find((one) => one.domain === shop)?.apiSecret ?? process.env.SHOPIFY_API_SECRET;
  if (!url || !shop || !secret) throw new Mistaken("No demo is running here, so --url, --shop and --secret are needed.");
  return { url, shop, secret, triggeredAt: given["triggered-at"] ?? new Date().toISOString() };
}

// Such as orders_paid/one.json: the first underscore is the slash, except in the topics that are written otherwise.
function topicOf(file: string): string {
  const folder = basename(dirname(file));
  const [noun, verb] = folder.split(/_(.*)/s);
  if (!noun || !verb) throw new Mistaken(`--topic is needed: the folder of ${file} does not name one.`);
  return `${noun}/${verb}`;
}

function idOf(shop: string, topic: string, body: Buffer): string {
  const hash = createHash("sha256").update(`${shop}\n${topic}\n`).update(body).digest("hex");
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join("-");
}

async function post({ url, shop, secret, triggeredAt }: Target, { topic, body, webhookId }: Wish): Promise<number> {
  const response = await fetch(new URL(`/webhooks/${topic.split("/")[0]}`, url), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-shop-domain": shop,
      "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
      "x-shopify-webhook-id": webhookId,
      "x-shopify-event-id": webhookId,
      "x-shopify-api-version": "2026-10",
      "x-shopify-triggered-at": triggeredAt,
    },
    body: new Uint8Array(body),
  });
  await response.arrayBuffer();
  return response.status;
}

function shuffled<T>(list: T[]): T[] {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
