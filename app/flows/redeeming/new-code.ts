import { randomBytes } from "node:crypto";

/** 80 random bits in Crockford's alphabet, without letters that are easily mistaken: nobody guesses a code. */
export function newCode(): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const bits = randomBytes(16);
  return `LRL-${Array.from(bits, (byte) => alphabet[byte & 31]).join("")}`;
}
