// Whether a text may be the value of a metafield of a type, in Shopify's words when it may not.

const json = (value: string, wanted: (parsed: unknown) => boolean): boolean => {
  try {
    return wanted(JSON.parse(value));
  } catch {
    return false;
  }
};

const checks: Record<string, { fits: (value: string) => boolean; says: string }> = {
  single_line_text_field: { fits: (value) => !value.includes("\n"), says: "Value must be a single line text string." },
  multi_line_text_field: { fits: () => true, says: "" },
  number_integer: {
    fits: (value) => /^-?\d{1,19}$/.test(value) && BigInt(value) <= 9007199254740991n && BigInt(value) >= -9007199254740991n,
    says: "Value must be an integer.",
  },
  number_decimal: { fits: (value) => /^-?\d{1,13}(\.\d{1,9})?$/.test(value), says: "Value must be a decimal." },
  boolean: { fits: (value) => value === "true" || value === "false", says: "Value must be true or false." },
  json: { fits: (value) => json(value, () => true), says: "Value is invalid JSON." },
  date: {
    fits: (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
    says: "Value must be in YYYY-MM-DD format.",
  },
  date_time: {
    fits: (value) => /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)),
    says: 'Value must be in "YYYY-MM-DDTHH:MM:SS" format.',
  },
  url: {
    fits: (value) => /^(https?|mailto|sms|tel):/.test(value),
    says: "Value must be one of the following URL schemes: http, https, mailto, sms, tel.",
  },
  color: { fits: (value) => /^#[0-9a-f]{6}$/i.test(value), says: "Value must be a hex color code." },
  money: {
    fits: (value) =>
      json(value, (parsed) => typeof parsed === "object" && parsed !== null && "amount" in parsed && "currency_code" in parsed),
    says: "Value must be a stringified JSON object with amount and currency_code fields.",
  },
  id: { fits: (value) => value !== "", says: "Value can't be blank." },
};

export const knownTypes = (type: string): boolean =>
  (type.startsWith("list.") ? type.slice(5) : type) in checks || /_reference$/.test(type);

/** Null when it fits. */
export function faultOf(type: string, value: string): string | null {
  if (value === "") return "may not be empty";
  if (type.startsWith("list.")) return json(value, Array.isArray) ? null : "Value must be a list.";
  const check = checks[type];
  return !check || check.fits(value) ? null : check.says;
}
