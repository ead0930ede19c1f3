/** What a person can cause: a reason for code, a sentence for people. What only we can cause is thrown. */
export type Refusal = { refused: string; sentence: string; field?: string };

export const refuse = (refused: string, sentence: string, field?: string): Refusal =>
  field ? { refused, sentence, field } : { refused, sentence };

export const isRefusal = (value: unknown): value is Refusal => typeof value === "object" && value !== null && "refused" in value;
