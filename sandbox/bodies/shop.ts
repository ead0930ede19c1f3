// The shop itself, for app/uninstalled and shop/update.

import { domainOf, type Shop } from "../world.ts";
import { placeOf } from "./address.ts";
import { number, zoned } from "./say.ts";

const planNames = { basic: "basic", standard: "professional", plus: "shopify_plus" };
const planTitles = { basic: "Basic", standard: "Shopify", plus: "Shopify Plus" };

export function shopBody(shop: Shop, now: string) {
  const place = placeOf(shop.country);
  const symbol =
    new Intl.NumberFormat("en-US", { style: "currency", currency: shop.currency }).formatToParts(0).find((part) => part.type === "currency")
      ?.value ?? "";
  const format = `${symbol}{{amount}}`;
  return {
    id: number(shop.id),
    name: shop.name,
    email: shop.email,
    domain: domainOf(shop),
    province: place.province,
    country: shop.country,
    address1: "1 Market Square",
    zip: place.zip,
    city: place.city,
    source: null,
    phone: null,
    latitude: null,
    longitude: null,
    primary_locale: shop.locale,
    address2: null,
    created_at: zoned(shop.installation?.installedAt ?? now, shop),
    updated_at: zoned(now, shop),
    country_code: shop.country,
    country_name: place.name,
    currency: shop.currency,
    customer_email: shop.email,
    timezone: shop.timeZone,
    iana_timezone: shop.timeZone,
    shop_owner: `${shop.name} Owner`,
    money_format: format,
    money_with_currency_format: `${format} ${shop.currency}`,
    weight_unit: "kg",
    province_code: place.provinceCode,
    taxes_included: shop.taxesIncluded,
    auto_configure_tax_inclusivity: null,
    tax_shipping: null,
    county_taxes: null,
    plan_display_name: planTitles[shop.plan],
    plan_name: planNames[shop.plan],
    has_discounts: true,
    has_gift_cards: true,
    myshopify_domain: domainOf(shop),
    google_apps_domain: null,
    google_apps_login_enabled: null,
    money_in_emails_format: format,
    money_with_currency_in_emails_format: `${format} ${shop.currency}`,
    eligible_for_payments: true,
    requires_extra_payments_agreement: false,
    password_enabled: false,
    has_storefront: true,
    finances: true,
    primary_location_id: number("655441491"),
    checkout_api_supported: true,
    multi_location_enabled: true,
    setup_required: false,
    pre_launch_enabled: false,
    enabled_presentment_currencies: [shop.currency],
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: false,
  };
}
