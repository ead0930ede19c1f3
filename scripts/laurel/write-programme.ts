import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Document, isMap, isSeq } from "yaml";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { sentenceOf } from "../../app/loyalty/program/part-sentence.ts";
import type { Say } from "../../app/loyalty/say.ts";

export type Source = { shop: string; currency: string; timeZone: string; what: string };

const schemaFile = fileURLToPath(new URL("../../docs/programme.schema.json", import.meta.url));

/** A programme as a file that people edit: every rule, tier and reward has its sentence above it. */
export function writeProgramme(definition: Definition, file: string, source: Source, say: Say): string {
  const schema = relative(dirname(file), schemaFile) || schemaFile;
  if (file.endsWith(".json")) return `${JSON.stringify({ $schema: schema, ...definition }, null, 2)}\n`;

  const document = new Document(definition, { aliasDuplicateObjects: false });
  document.commentBefore = [
    ` yaml-language-server: $schema=${schema}`,
    ` The loyalty programme of ${source.shop}: ${source.what}.`,
    ` Money is in minor units of ${source.currency}, percentages in hundredths of a per cent, times by the clocks of ${source.timeZone}.`,
    ` Try it:  npm run laurel -- program validate ${file}`,
    ` Use it:  npm run laurel -- program apply ${file} --shop ${source.shop} --note "why"`,
  ].join("\n");
  tell(document, ["units"], (item) => sentenceOf("units", item, say), definition.units);
  tell(document, ["earning"], (item) => sentenceOf("earning", item, say), definition.earning);
  tell(document, ["boosts"], (item) => sentenceOf("boosts", item, say), definition.boosts);
  tell(document, ["tiers", "levels"], (item) => sentenceOf("tiers", item, say), definition.tiers?.levels ?? []);
  tell(document, ["rewards"], (item) => sentenceOf("rewards", item, say), definition.rewards);
  return document.toString({ lineWidth: 0 });
}

function tell(document: Document, path: string[], sentence: (item: unknown) => string | null, items: readonly unknown[]): void {
  const list = document.getIn(path);
  if (!isSeq(list)) return;
  for (const [at, item] of items.entries()) {
    const node = list.items[at];
    const said = sentence(item)?.replaceAll(/\s+/g, " ");
    if (isMap(node) && said) node.commentBefore = ` ${said}`;
  }
}
