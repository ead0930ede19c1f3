const n = (count: number) => new Intl.NumberFormat("en").format(count);

/** What the settings say of the copy of the shop's products and customers. */
export const mirror = {
  title: "Shop data",
  text: "Rules ask about product types, tags and collections, and about birthdays. Laurel keeps a copy of what it needs and keeps it current.",
  products: "Products",
  customers: "Customers",
  states: {
    waiting: () => "Waiting for Shopify",
    running: (expected: number | null) => (expected ? `Shopify has prepared ${n(expected)}` : "Shopify is preparing them"),
    reading: (found: number, expected: number | null) => (expected ? `${n(found)} of ${n(expected)} read` : `${n(found)} read`),
    done: (found: number, moment: string) => `${n(found)} read on ${moment}`,
    failed: (reason: string) => `Not read: ${reason}`,
  },
  reasons: {
    ACCESS_DENIED: "the app may not read them. Open the app again to grant what it asks for.",
    TIMEOUT: "Shopify took too long.",
    INTERNAL_SERVER_ERROR: "Shopify had a problem.",
    CANCELED: "it was cancelled.",
  } as Record<string, string>,
  badges: { waiting: "Waiting", running: "Preparing", reading: "Reading", done: "Current", failed: "Not read" },
  never: "Nothing was read yet.",
  refill: "Read again",
  asked: "Shop data is being read again",
};
