import { addImport, dropImport, type ImportState, readImport, setImportState } from "../../db/imports.ts";
import { isRefusal, type Refusal, refuse } from "../../loyalty/refusal.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";
import { readBalances } from "./read-balances.ts";

/** The dry run: reads a file and keeps every row with its problem. Nothing is given yet. */
export async function checkBalances(context: Context, file: { name: string; text: string }): Promise<{ importId: string } | Refusal> {
  const lines = readBalances(file.text);
  if (isRefusal(lines)) return lines;
  const fileName = file.name.slice(0, 120) || "balances.csv";
  const importId = await context.db.inProgramme(context.scope, (tx) =>
    addImport(tx, { fileName, lines, by: context.actor, now: context.now() }),
  );
  return { importId };
}

/** Gives what the dry run found, as a job. Pressing twice starts it once. */
export const startImport = (context: Context, importId: string): Promise<{ state: ImportState } | Refusal> =>
  step(context, importId, { from: ["checked"], to: "running", already: ["running", "done"], said: "started an import" });

/** Takes back what an import gave, as a job; also while it is still running. */
export const undoImport = (context: Context, importId: string): Promise<{ state: ImportState } | Refusal> =>
  step(context, importId, { from: ["running", "done"], to: "undoing", already: ["undoing", "undone"], said: "undid an import" });

export async function discardImport(context: Context, importId: string): Promise<{ importId: string } | Refusal> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const one = await readImport(tx, importId, true);
    if (one && one.state !== "checked") return refuse("begun", "This import has been started. Undo it instead.");
    await dropImport(tx, importId);
    return { importId };
  });
}

type Step = { from: ImportState[]; to: "running" | "undoing"; already: ImportState[]; said: string };

async function step(context: Context, importId: string, { from, to, already, said }: Step): Promise<{ state: ImportState } | Refusal> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const one = await readImport(tx, importId, true);
    if (!one) return refuse("no such import", "This import does not exist any more.");
    if (already.includes(one.state)) return { state: one.state };
    if (!from.includes(one.state)) return refuse("not now", "This import cannot be changed any more.");
    if (to === "running" && one.rows === 0) return refuse("nothing", "There is nothing to import: every row has a problem.");
    await setImportState(tx, importId, to, null);
    await audit(tx, context, said, importId, { fileName: one.fileName, points: one.points });
    await tx.addJob("import-balances", { importId, shopId: tx.scope.shopId }, { key: `import ${importId}` });
    return { state: to };
  });
}
