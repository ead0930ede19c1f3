import type { Option } from "../../loyalty/settings.ts";

/**
 * Things by their names, for a list to choose from. Those that share a name say behind it what they differ in, and
 * their number where that is nothing: nobody can choose between two lines that read the same.
 */
export function toldApart<Thing extends { id: string; name: string }>(
  things: readonly Thing[],
  detailsOf: (thing: Thing) => readonly string[] = () => [],
): Option[] {
  return things.map((thing) => {
    const namesakes = things.filter((one) => one.name === thing.name);
    if (namesakes.length === 1) return { value: thing.id, label: thing.name };
    const details = namesakes.map(detailsOf);
    const mine = details[namesakes.indexOf(thing)] ?? [];
    const telling = mine.filter((detail, at) => detail && details.some((one) => one[at] !== detail));
    const isAlone = details.filter((one) => telling.every((detail) => one.includes(detail))).length === 1;
    const said = isAlone ? telling.join(", ") : [...telling, namesakes.indexOf(thing) + 1].join(", ");
    return { value: thing.id, label: `${thing.name} (${said})` };
  });
}
