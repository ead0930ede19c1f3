/** Adds up what several counted, each a list of sums under the same names. Nothing that is handed in is changed. */
export function merged<T extends object>(parts: readonly (readonly T[])[], nameOf: (one: T) => string, add: (sum: T, one: T) => void): T[] {
  const sums = new Map<string, T>();
  for (const part of parts)
    for (const one of part) {
      const name = nameOf(one);
      const sum = sums.get(name);
      if (sum) add(sum, one);
      else sums.set(name, { ...one });
    }
  return [...sums.values()];
}
