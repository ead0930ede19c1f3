import { createHmac, timingSafeEqual } from "node:crypto";
import { remember } from "@epic-web/remember";
import { now } from "./clock.server.ts";
import { database } from "./db.server.ts";
import { type Delivery, receiveEvents } from "./flows/receiving/receive-event.ts";
import { counted } from "./metrics.server.ts";
import { credentialsFor } from "./shopify.server.ts";

export type Headers = Record<string, string | string[] | undefined>;

/**
 * Verifies a delivery, stores it, and only then answers. The verdicts are those of the library's
 * authenticate.webhook (a test holds them equal): 400 for what is missing, 401 for a wrong signature.
 */
export async function receiveWebhook(headers: Headers, rawBody: Buffer): Promise<{ status: number }> {
  // Shopify has two styles of headers. The signature's style is that of all of them.
  const style = one(headers["shopify-hmac-sha256"]) ? "shopify" : "x-shopify";
  const say = (name: string) => one(headers[`${style}-${name}`]);
  const hmac = say("hmac-sha256");
  if (!hmac || rawBody.length === 0) return refuse(400);

  const shop = say("shop-domain")?.toLowerCase() ?? null;
  const { secret } = await credentialsFor(shop);
  if (!signedWith(secret, rawBody, hmac)) return refuse(401);

  const topic = say("topic");
  const webhookId = say("webhook-id");
  const apiVersion = say("api-version");
  if (!shop || !topic || !webhookId || !apiVersion) return refuse(400);

  const receivedAt = now();
  const fresh = await inbox().add({
    shop,
    topic: topic.toLowerCase(),
    webhookId,
    eventId: say("event-id") ?? null,
    apiVersion,
    triggeredAt: instantOf(say("triggered-at")) ?? receivedAt,
    body: rawBody.toString("utf8"),
  });
  counted.webhook(fresh ? "received" : "duplicate");
  return { status: 200 };
}

function refuse(status: 400 | 401): { status: number } {
  counted.webhook("refused");
  return { status };
}

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header) || undefined;

function signedWith(secret: string, body: Buffer, hmac: string): boolean {
  // Compared as they are written: read as base64, a signature with anything behind it would pass.
  const expected = Buffer.from(createHmac("sha256", secret).update(body).digest("base64"));
  const given = Buffer.from(hmac);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function instantOf(text: string | undefined): Date | undefined {
  const time = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
}

// Deliveries that arrive while others are being written share the next write: one commit acknowledges many.
type Waiting = { delivery: Delivery; done: (fresh: boolean) => void; failed: (error: unknown) => void };

const inbox = () =>
  remember("inbox", () => {
    let waiting: Waiting[] = [];
    let writers = 0;
    const limits = { writers: 2, batch: 400 };

    const write = async (): Promise<void> => {
      writers += 1;
      try {
        while (waiting.length > 0) {
          const batch = waiting.slice(0, limits.batch);
          waiting = waiting.slice(limits.batch);
          await receiveEvents(
            database(),
            batch.map((each) => each.delivery),
            now(),
          ).then(
            (fresh) => batch.forEach((each, index) => void each.done(fresh[index] ?? false)),
            (error: unknown) => batch.forEach((each) => void each.failed(error)),
          );
        }
      } finally {
        writers -= 1;
      }
    };

    return {
      add: (delivery: Delivery): Promise<boolean> =>
        new Promise((done, failed) => {
          waiting.push({ delivery, done, failed });
          // A moment later, so that what is being read from other sockets right now goes into the same commit.
          if (writers < limits.writers) setImmediate(() => (waiting.length > 0 && writers < limits.writers ? void write() : undefined));
        }),
    };
  });
