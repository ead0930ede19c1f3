import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { loader as members } from "../../app/routes/app.members._index.tsx";
import { addApp } from "../../scripts/laurel/apps.ts";
import { key, useMerchant } from "./merchant.ts";

const merchant = useMerchant();
const secret = "the app's secret";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
function token(claims: object, signedWith = secret, alg = "HS256"): string {
  const now = Math.floor(Date.now() / 1000);
  const shop = `https://${merchant.shop().shop}`;
  const all = { iss: `${shop}/admin`, dest: shop, aud: key, sub: "42", exp: now + 60, nbf: now - 1, iat: now - 1, ...claims };
  const text = `${part({ alg, typ: "JWT" })}.${part(all)}`;
  return `${text}.${alg === "none" ? "" : createHmac("sha256", signedWith).update(text).digest("base64url")}`;
}

async function answerTo(made: string): Promise<number> {
  try {
    await merchant.ask(members, { path: "/app/members", token: made });
    return 200;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status;
    throw thrown;
  }
}

test("a genuine token is let in", async () => expect(await answerTo(token({}))).toBe(200));

const past = Math.floor(Date.now() / 1000) - 60;
test.each<[string, () => string]>([
  ["signed with another secret", () => token({}, "another")],
  ["without a signature", () => token({}, "", "none")],
  ["that has expired", () => token({ exp: past })],
  ["of another app", () => token({ aud: "another" })],
  ["for a list of apps", () => token({ aud: [key, "another"] })],
  ["issued by another shop", () => token({ iss: "https://other.myshopify.com/admin" })],
  ["issued by nobody", () => token({ iss: undefined })],
  ["that anybody wrote for a number", () => token({ dest: 7 }, "another")],
  ["that anybody wrote for a list of shops", () => token({ dest: [`https://${merchant.shop().shop}`] }, "another")],
  ["that anybody wrote for no address", () => token({ dest: "juniper" }, "another")],
  ["of an app with a NUL in its key", () => token({ aud: "\0" })],
  ["that is no token", () => "a.bnVsbA.c"],
])("a token %s is refused", async (_, made) => expect(await answerTo(made())).toBe(401));

test("the secret of one app opens no shop of another, whatever the token says", async () => {
  const other = await merchant.anotherShop();
  await addApp(merchant.at.owner, {
    shop: other.shop,
    apiKey: "second-key",
    secret: "second secret",
    handle: "second",
    distribution: "custom",
  });
  const { forgetCredentials } = await import("../../app/shopify.server.ts");
  forgetCredentials();
  for (const dest of [`https://${other.shop}`, `https://${other.shop.toUpperCase()}`, `https://${other.shop}:443/`]) {
    const iss = `${dest.replace(/\/$/, "")}/admin`;
    expect(await answerTo(token({ dest, iss }))).toBe(401);
    expect(await answerTo(token({ dest, iss, aud: "second-key" }))).toBe(401);
  }
});
