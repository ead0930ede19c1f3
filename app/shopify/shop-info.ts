import type { Admin } from "./admin.ts";

const document = `#graphql
  query ShopInfo {
    shop {
      id
      name
      myshopifyDomain
      currencyCode
      currencyFormats { moneyFormat }
      ianaTimezone
      plan { publicDisplayName shopifyPlus partnerDevelopment }
      features { sellsSubscriptions }
    }
    currentAppInstallation { id accessScopes { handle } }
  }`;

export type ShopInfo = {
  gid: string;
  name: string;
  domain: string;
  currency: string;
  moneyFormat: string;
  timeZone: string;
  plan: string;
  sellsSubscriptions: boolean;
  appInstallationGid: string;
  scopes: string[];
};

type Answer = {
  shop: {
    id: string;
    name: string;
    myshopifyDomain: string;
    currencyCode: string;
    currencyFormats: { moneyFormat: string };
    ianaTimezone: string;
    plan: { publicDisplayName: string };
    features: { sellsSubscriptions: boolean };
  };
  currentAppInstallation: { id: string; accessScopes: { handle: string }[] };
};

export async function shopInfo(admin: Admin): Promise<ShopInfo> {
  const { shop, currentAppInstallation } = await admin.call<Answer>(document);
  return {
    gid: shop.id,
    name: shop.name,
    domain: shop.myshopifyDomain,
    currency: shop.currencyCode,
    moneyFormat: shop.currencyFormats.moneyFormat,
    timeZone: shop.ianaTimezone,
    plan: shop.plan.publicDisplayName,
    sellsSubscriptions: shop.features.sellsSubscriptions,
    appInstallationGid: currentAppInstallation.id,
    scopes: currentAppInstallation.accessScopes.map((scope) => scope.handle),
  };
}
