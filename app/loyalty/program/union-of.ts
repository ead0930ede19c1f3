import { z } from "zod";

type Kind = { name: string; settings: z.ZodObject };
type Option<K extends Kind> = z.ZodObject<{ kind: z.ZodLiteral<K["name"]> } & K["settings"]["shape"]>;
type Options<Kinds extends readonly Kind[]> = { -readonly [I in keyof Kinds]: Option<Kinds[I]> };

/** The settings of any of these kinds, told apart by `kind`: so that a new kind needs no other place. */
export function unionOf<const Kinds extends readonly [Kind, ...Kind[]]>(kinds: Kinds): z.ZodDiscriminatedUnion<Options<Kinds>, "kind"> {
  const options = kinds.map(({ name, settings }) => {
    const option = z.strictObject({ kind: z.literal(name), ...settings.shape });
    // What the settings check beyond their single fields holds here too.
    const checks = settings.def.checks ?? [];
    return checks.length > 0 ? option.check(...(checks as never[])) : option;
  });
  return z.discriminatedUnion("kind", options as never) as never;
}

/** The kind that settings name. @throws when it is not in the list, which validation has ruled out */
export function kindOf<K extends Kind>(kinds: readonly K[], name: string): K {
  const found = kinds.find((kind) => kind.name === name);
  if (!found) throw new Error(`There is no kind called "${name}".`);
  return found;
}
