import { TextField } from "@shopify/polaris";
import { exponentOf, type Minor, minorOf } from "../../loyalty/money.ts";

/** "5", "5.5" or "5.00" in a currency's own digits; undefined for anything else, such as "1,000" or "5.005". */
export function minorOfTyped(typed: string, currency: string): Minor | undefined {
  const match = /^\d{1,15}(?:\.(\d+))?$/.exec(typed.trim());
  if (!match || (match[1]?.length ?? 0) > exponentOf(currency)) return undefined;
  try {
    return minorOf(typed, currency);
  } catch {
    return undefined;
  }
}

export type MoneyFieldProps = {
  label: string;
  help?: string;
  value: string;
  currency: string;
  error?: string;
  disabled?: boolean;
  onChange: (typed: string) => void;
};

/** An amount typed in major units. It is kept as typed; minorOfTyped turns it into minor units. */
export function MoneyField({ label, help, value, currency, error, disabled, onChange }: MoneyFieldProps) {
  return (
    <TextField
      label={label}
      helpText={help}
      value={value}
      error={error}
      disabled={disabled}
      onChange={onChange}
      prefix={symbolOf(currency)}
      suffix={currency}
      inputMode={exponentOf(currency) > 0 ? "decimal" : "numeric"}
      autoComplete="off"
    />
  );
}

function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(0);
  const symbol = parts.find((part) => part.type === "currency")?.value ?? "";
  return symbol === currency ? "" : symbol;
}
