import type { Database, Scope } from "../db/database.ts";
import type { Admin } from "../shopify/admin.ts";

/** Who is asking, in which programme, at what time, and the ways out. Handed in; flows open nothing themselves. */
export type Context = {
  db: Database;
  scope: Scope;
  now: () => Date;
  /** Who did it, for the audit: "staff:<id>", "shopper", "shopify", "laurel". */
  actor: string;
  /** The Admin API of one of the programme's shops. */
  adminOf: (shopId: string) => Promise<Admin>;
  /** A keyed hash: recognises without keeping. */
  fingerprint: (purpose: string, text: string) => string;
  /** Named points at which a test may kill the process; nothing otherwise. */
  passing: (point: string) => void;
};
