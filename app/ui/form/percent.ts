/** Hundredths of a per cent as they are typed: 250 is "2.5". */
export function percentOf(hundredths: number): string {
  const digits = String(Math.abs(hundredths)).padStart(3, "0");
  const fraction = digits.slice(-2).replace(/0+$/, "");
  return `${hundredths < 0 ? "-" : ""}${digits.slice(0, -2)}${fraction && `.${fraction}`}`;
}

/** "2.5" is 250; undefined for what is no percentage with at most two digits behind the point. */
export function hundredthsOf(typed: string): number | undefined {
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(typed.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : undefined;
}
