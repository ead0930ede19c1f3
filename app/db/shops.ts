import type { Tx } from "./database.ts";

export type Shop = {
  shopId: string;
  domain: string;
  name: string;
  currency: string;
  timeZone: string;
  sellsSubscriptions: boolean;
  appInstallationGid: string | null;
  proxyPath: string;
};

const columns = `shop_id as "shopId", domain, name, currency, time_zone as "timeZone", sells_subscriptions as "sellsSubscriptions", app_installation_gid as "appInstallationGid", proxy_path as "proxyPath"`;

export const shopById = (tx: Tx, shopId: string): Promise<Shop | undefined> =>
  tx.one<Shop>(`select ${columns} from shop where program_id = $1 and shop_id = $2`, [tx.scope.programId, shopId]);

export const shopsOf = (tx: Tx): Promise<Shop[]> =>
  tx.rows<Shop>(`select ${columns} from shop where program_id = $1 order by created_at`, [tx.scope.programId]);

export async function shopIdOf(tx: Tx, domain: string): Promise<string | undefined> {
  return (await tx.one<{ shop_id: string }>("select shop_id from shop where program_id = $1 and domain = $2", [tx.scope.programId, domain]))
    ?.shop_id;
}

export const shopByDomain = (tx: Tx, domain: string): Promise<Shop | undefined> =>
  tx.one<Shop>(`select ${columns} from shop where program_id = $1 and domain = $2`, [tx.scope.programId, domain]);
