import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A Shopify app as the sandbox is told of it. */
export type DemoApp = {
  apiKey: string;
  secret: string;
  handle: string;
  title: string;
  distribution: "public" | "custom";
  protectedData: boolean;
};

export type Secrets = { encryptionKey: string; apps: [DemoApp, DemoApp] };

/** Made once and kept, for what was sealed with them must open again. */
export function secretsIn(directory: string): Secrets {
  const file = join(directory, "secrets.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Secrets;
  const secrets: Secrets = {
    encryptionKey: randomBytes(32).toString("base64"),
    apps: [
      // Two apps, because one installation may serve several: the first from the environment, the second from the database.
      { ...newApp(), handle: "laurel", title: "Laurel", distribution: "public", protectedData: true },
      { ...newApp(), handle: "laurel-kiso", title: "Laurel", distribution: "custom", protectedData: false },
    ],
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

// In the shape of Shopify's own: a client id of 32 hexadecimal digits, a secret that begins with shpss_.
const newApp = () => ({ apiKey: randomBytes(16).toString("hex"), secret: `shpss_${randomBytes(16).toString("hex")}` });
