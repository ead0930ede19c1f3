/** The period that an instant's points are charged to, by the programme's clocks: "2026-11" or "2026". */
export function budgetPeriod(per: "month" | "year", at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit" }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return per === "year" ? part("year") : `${part("year")}-${part("month")}`;
}
