import { audit } from "../audit.ts";
import type { Context } from "../context.ts";

/** Puts the setup guide away, for everybody of the shop's staff. */
export const dismissGuide = (context: Context): Promise<void> =>
  context.db.inProgramme(context.scope, (tx) => audit(tx, context, "put the setup guide away", null, {}));
