/** Keeps the first few by an order, and never more of them than asked for. */
export function theFirst<T>(most: number, compare: (a: T, b: T) => number) {
  const kept: T[] = [];

  return {
    take(one: T): void {
      const last = kept.at(-1);
      if (kept.length === most && last !== undefined && compare(one, last) >= 0) return;
      let place = kept.length;
      while (place > 0 && compare(one, kept[place - 1] as T) < 0) place -= 1;
      kept.splice(place, 0, one);
      if (kept.length > most) kept.pop();
    },
    all: (): readonly T[] => kept,
  };
}

/** The first few of the first few of everybody. */
export function firstOf<T>(most: number, compare: (a: T, b: T) => number, parts: readonly (readonly T[])[]): T[] {
  return parts.flat().sort(compare).slice(0, most);
}
