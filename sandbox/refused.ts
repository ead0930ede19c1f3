// What Shopify would not do, and why.

export type Refused = { refused: string };

export const refuse = (sentence: string): Refused => ({ refused: sentence });
export const isRefused = (answer: unknown): answer is Refused => typeof answer === "object" && answer !== null && "refused" in answer;
