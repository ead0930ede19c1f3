/** A text as rules compare it: merchants and apps write the same vendor, tag or code with other letters and stray blanks. */
export const plainText = (text: string): string => text.normalize().trim().toLowerCase();

/** Whether a text is one of these. No text is none of them. */
export function oneOfTexts(texts: readonly string[]): (text: string | null | undefined) => boolean {
  const wanted = new Set(texts.map(plainText));
  return (text) => text !== null && text !== undefined && wanted.has(plainText(text));
}
