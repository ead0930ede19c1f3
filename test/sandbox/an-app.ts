// An app that listens to webhooks: it checks the signature and remembers what it heard.

import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { sign } from "../../sandbox/webhooks.ts";

export type Heard = { path: string; headers: IncomingHttpHeaders; body: string; genuine: boolean };

export async function anAppListening(secret: string, answer: (heard: Heard, nth: number) => number = () => 200) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const one = {
      path: request.url ?? "",
      headers: request.headers,
      body,
      genuine: request.headers["x-shopify-hmac-sha256"] === sign(body, secret),
    };
    heard.push(one);
    response.writeHead(answer(one, heard.length)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    topics: () => heard.map((one) => one.headers["x-shopify-topic"]),
    ids: () => heard.map((one) => String(one.headers["x-shopify-webhook-id"])),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
