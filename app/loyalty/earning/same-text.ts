// Shops use a few thousand texts over and over; what is remembered is only what would come out again.
const known = new Map<string, string>();

/** A text as rules compare it: merchants and apps write the same vendor, tag or code with other letters and stray blanks. */
export function plainText(text: string): string {
  let plain = known.get(text);
  if (plain === undefined) {
    plain = text.normalize().trim().toLowerCase();
    if (known.size > 20_000) known.clear();
    known.set(text, plain);
  }
  return plain;
}

type IsOne = (text: string | null | undefined) => boolean;
const tests = new WeakMap<readonly string[], IsOne>();

/** Whether a text is one of these. No text is none of them. */
export function oneOfTexts(texts: readonly string[]): IsOne {
  let test = tests.get(texts);
  if (!test) {
    test = isIn([...new Set(texts.map(plainText))]);
    tests.set(texts, test);
  }
  return test;
}

// Most lists are short: looking at each is quicker than a set.
function isIn(wanted: readonly string[]): IsOne {
  const all = wanted.length > 8 ? new Set(wanted) : null;
  return (text) => {
    if (text === null || text === undefined) return false;
    const plain = plainText(text);
    if (all) return all.has(plain);
    for (let n = 0; n < wanted.length; n += 1) if (wanted[n] === plain) return true;
    return false;
  };
}
