/**
 * A version that was published by an older Laurel, as today's schema reads it. What it gives stays the same: a stored
 * version is never rewritten, it is only read with other words.
 */
export function upgrade(stored: unknown): unknown {
  if (!isObject(stored) || !isObject(stored.policies) || !("expiryDays" in stored.policies)) return stored;
  const { expiryDays, ...policies } = stored.policies;
  const expiry = typeof expiryDays === "number" ? { kind: "after earning", days: expiryDays } : { kind: "never" };
  return { ...stored, policies: { ...policies, expiry } };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
