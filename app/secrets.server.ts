import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { env } from "./env.server.ts";

/**
 * Tokens and secrets are kept encrypted (AES-256-GCM). `about` is bound in: a value copied to another row does
 * not open. The text names its key, so that a new key can be set while the previous one still opens old rows.
 */
export function seal(text: string, about: string): string {
  const key = keys()[0];
  if (!key) throw new Error("There is no encryption key.");
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return ["v1", key.name, iv.toString("base64url"), cipher.getAuthTag().toString("base64url"), sealed.toString("base64url")].join(".");
}

/** @throws when the key is unknown or the text was changed */
export function unseal(text: string, about: string): string {
  const [version, name, iv, tag, sealed] = text.split(".");
  const key = keys().find((one) => one.name === name);
  if (version !== "v1" || !iv || !tag || sealed === undefined) throw new Error("This is not a sealed value.");
  if (!key) throw new Error("A stored secret was sealed with another key. Set LAUREL_ENCRYPTION_KEY_PREVIOUS to the key used before.");
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, Buffer.from(iv, "base64url"))
    .setAAD(Buffer.from(about))
    .setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(sealed, "base64url")), decipher.final()]).toString("utf8");
}

/** A keyed hash, for recognising something (an e-mail, a request) without keeping it. */
export function fingerprint(purpose: string, text: string): string {
  return createHmac("sha256", Buffer.from(env().LAUREL_ENCRYPTION_KEY, "base64")).update(`${purpose}\n${text}`).digest("base64url");
}

function keys(): { name: string; bytes: Buffer }[] {
  return [env().LAUREL_ENCRYPTION_KEY, env().LAUREL_ENCRYPTION_KEY_PREVIOUS]
    .filter((key): key is string => Boolean(key))
    .map((key) => Buffer.from(key, "base64"))
    .map((bytes) => ({ bytes, name: createHash("sha256").update(bytes).digest("base64url").slice(0, 8) }));
}
