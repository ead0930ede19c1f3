// The shop, its locales, formats and places.

import { domainOf, gid, type Shop } from "../../world.ts";
import type { Area, Ask, Fields } from "../ask.ts";
import { connection } from "../connection.ts";
import { metafieldFields } from "./metafields.ts";

const planNames = { basic: "Basic", standard: "Shopify", plus: "Shopify Plus" } as const;
const signs: Record<string, string> = {
  USD: "\u0024{{amount}}",
  JPY: "¥{{amount_no_decimals}}",
  EUR: "€{{amount_with_comma_separator}}",
  GBP: "£{{amount}}",
};

const shop: Fields<Shop> = {
  ...metafieldFields("Shop"),
  id: ({ id }) => gid("Shop", id),
  contactEmail: ({ email }) => email,
  myshopifyDomain: domainOf,
  url: (one) => `https://${domainOf(one)}`,
  primaryDomain: (one) => ({ id: gid("Domain", one.id), host: domainOf(one), url: `https://${domainOf(one)}`, sslEnabled: true }),
  currencyCode: ({ currency }) => currency,
  enabledPresentmentCurrencies: ({ currency }) => [currency],
  currencyFormats: ({ currency }) => {
    const format = signs[currency] ?? "{{amount}}";
    return {
      moneyFormat: format,
      moneyWithCurrencyFormat: `${format} ${currency}`,
      moneyInEmailsFormat: format,
      moneyWithCurrencyInEmailsFormat: `${format} ${currency}`,
    };
  },
  ianaTimezone: ({ timeZone }) => timeZone,
  timezoneOffsetMinutes: ({ timeZone }, _, { world }) => offsetMinutes(timeZone, world.clock.now()),
  timezoneOffset: ({ timeZone }, _, { world }) => offsetText(offsetMinutes(timeZone, world.clock.now())),
  timezoneAbbreviation: ({ timeZone }) => timeZone,
  taxShipping: () => true,
  weightUnit: () => "KILOGRAMS",
  unitSystem: () => "METRIC_SYSTEM",
  countriesInShippingZones: ({ country }) => ({ countryCodes: [country], includeRestOfWorld: true }),
  plan: ({ plan }) => ({
    publicDisplayName: planNames[plan],
    displayName: planNames[plan],
    partnerDevelopment: true,
    shopifyPlus: plan === "plus",
  }),
  customerAccountsV2: (one) => ({
    customerAccountsVersion: "NEW_CUSTOMER_ACCOUNTS",
    loginRequiredAtCheckout: false,
    loginLinksVisibleOnStorefrontAndCheckout: true,
    url: `https://${domainOf(one)}/account`,
  }),
  features: ({ plan, sellsSubscriptions }) => ({
    giftCards: true,
    storefront: true,
    sellsSubscriptions,
    eligibleForSubscriptions: true,
    shopifyPlus: plan === "plus",
  }),
  shopAddress: ({ country }) => ({ countryCodeV2: country }),
  billingAddress: ({ country }) => ({ countryCodeV2: country }),
  createdAt: () => "2024-01-01T00:00:00Z",
};

function offsetMinutes(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const [, sign, hours = "0", minutes = "0"] =
    /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

const offsetText = (minutes: number): string =>
  `${minutes < 0 ? "-" : "+"}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, "0")}${String(Math.abs(minutes) % 60).padStart(2, "0")}`;

const languages: Record<string, string> = { en: "English", fr: "French", ja: "Japanese", de: "German" };

export const shopArea: Area = {
  QueryRoot: {
    shop: (_source: object, _args, ask) => ask.shop,
    shopLocales: (_source: object, _args, { shop: { locale } }) =>
      [...new Set([locale, "fr"])].map((one) => ({ locale: one, name: languages[one] ?? one, primary: one === locale, published: true })),
    locations: (_source: object, args, ask) => connection(ask, [location(ask)], args, { id: ({ id }) => id }),
    markets: (_source: object, args, ask) => connection(ask, [market(ask)], args, { id: ({ id }) => id }),
  },
  Shop: shop,
};

const location = ({ shop: one }: Ask) => ({ id: gid("Location", one.id), name: one.name, isActive: true });
const market = ({ shop: one }: Ask) => ({
  id: gid("Market", one.id),
  name: one.country,
  handle: one.country.toLowerCase(),
  status: "ACTIVE",
  enabled: true,
});
