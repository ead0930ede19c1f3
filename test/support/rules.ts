import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";

type Rule = Partial<Definition["earning"][number]> & Pick<Definition["earning"][number], "id">;

/** A whole programme of the parts that a test names; what it leaves out is the simple programme's, without its rule. */
export function programme(
  parts: { earning: Rule[] } & Partial<Omit<Definition, "earning" | "policies">> & { policies?: Partial<Definition["policies"]> },
): Definition {
  const simple = simplePoints(100);
  return definition.parse({
    ...simple,
    ...parts,
    policies: { ...simple.policies, ...parts.policies },
    earning: parts.earning.map((rule) => ({
      name: rule.id,
      active: true,
      award: { kind: "fixed", points: 100 },
      minimum: null,
      ...rule,
    })),
  });
}
