/** What the person typed cannot be done; the sentence says why. */
export class Mistaken extends Error {}

export function mistaken(sentence: string): never {
  throw new Mistaken(sentence);
}
