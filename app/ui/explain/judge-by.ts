/** What an order is to be judged by, from the address: nothing is the version of its day; undefined is nonsense. */
export function judgeBy(asked: string | null): "its own" | "draft" | number | undefined {
  if (asked === null || asked === "its own") return "its own";
  if (asked === "draft") return "draft";
  return /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : undefined;
}
