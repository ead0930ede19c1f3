import { programmeNow } from "../db/programme-now.ts";
import type { Definition } from "../loyalty/program/definition.ts";
import { isRefusal, type Refusal } from "../loyalty/refusal.ts";
import type { Context } from "./context.ts";
import { publishProgramme } from "./publish-programme.ts";

/** Somebody published while this was being edited: `newer` is their version. */
export type Newer = { newer: number };

/** Changes a part of the programme and publishes it, unless it is no longer the one that the change was made on. */
export async function changeProgramme(
  context: Context,
  wish: { basedOn: number; note: string; change: (definition: Definition) => Definition },
): Promise<{ version: number } | Newer | Refusal> {
  const standing = await versionNow(context);
  if (standing.version !== wish.basedOn) return { newer: standing.version };

  const published = await publishProgramme(context, {
    definition: wish.change(standing.definition),
    basedOn: wish.basedOn,
    note: wish.note,
  });
  if (!isRefusal(published)) return published;
  // It may have been published between the two reads.
  const { version } = await versionNow(context);
  return version === wish.basedOn ? published : { newer: version };
}

const versionNow = (context: Context) => context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
