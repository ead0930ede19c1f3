import type pg from "pg";
import { seal } from "../../app/secrets.server.ts";

export type NewApp = { shop: string; apiKey: string; secret: string; handle: string; distribution: "public" | "custom" };

/** Tells Laurel which Shopify app a shop belongs to. The secret is kept encrypted; said again, it is replaced. */
export async function addApp(owner: pg.Pool, app: NewApp): Promise<void> {
  await owner.query(
    `insert into shopify_app (api_key, secret, handle, distribution) values ($1, $2, $3, $4)
     on conflict (api_key) do update set secret = excluded.secret, handle = excluded.handle, distribution = excluded.distribution`,
    [app.apiKey, seal(app.secret, `app ${app.apiKey}`), app.handle, app.distribution],
  );
  const { rows } = await owner.query<{ before: string | null }>(
    `with before as (select api_key from shop_directory where shop = $1)
     insert into shop_directory (shop, api_key) values ($1, $2)
     on conflict (shop) do update set api_key = excluded.api_key
     returning (select api_key from before) as before`,
    [app.shop, app.apiKey],
  );
  // A token of another app is of no use to this one.
  if (rows[0]?.before !== app.apiKey) await owner.query("delete from session where shop = $1", [app.shop]);
}

export type KnownApp = { apiKey: string; handle: string; distribution: string; shops: { shop: string; installed: boolean }[] };

export async function listApps(owner: pg.Pool): Promise<KnownApp[]> {
  const { rows } = await owner.query<KnownApp>(
    `select a.api_key as "apiKey", a.handle, a.distribution,
       coalesce((select json_agg(json_build_object('shop', d.shop, 'installed', d.installed_at is not null and d.uninstalled_at is null) order by d.shop)
         from shop_directory d where d.api_key = a.api_key), '[]') as shops
     from shopify_app a order by a.created_at`,
  );
  return rows;
}
