// Keeps the world in one SQLite file, behind its back: records are marked as changed and written together
// a few times a second, so that a kill loses little and nothing waits for the disk.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { emptyShopState, type ShopState } from "./shop-state.ts";

type Facts = { lastId: string; offsetMs: number };
export type Persistence = {
  load(): Partial<Facts> & { shops: Map<string, ShopState> };
  mark(handle: string, table?: keyof ShopState, id?: string): void;
  flush(shops: Map<string, ShopState>, facts: Facts): void;
  every(millis: number, flush: () => void): void;
  close(): void;
};

export function openPersistence(dir: string | undefined): Persistence {
  if (!dir) return memoryOnly;
  mkdirSync(dir, { recursive: true });
  const db = new DatabaseSync(join(dir, "sandbox.sqlite"));
  db.exec(`pragma journal_mode = wal; pragma synchronous = normal;
    create table if not exists record (shop text, tbl text, id text, json text, primary key (shop, tbl, id)) without rowid`);
  const write = db.prepare("insert or replace into record values (?, ?, ?, ?)");
  const drop = db.prepare("delete from record where shop = ? and tbl = ? and id = ?");
  const written = new Map<string, string>();
  const wholeShops = new Set<string>();
  const single = new Map<string, [string, keyof ShopState, string]>();
  let timer: NodeJS.Timeout | undefined;

  const put = (shop: string, table: string, id: string, value: unknown) => {
    const key = `${shop}\n${table}\n${id}`;
    const json = value === undefined ? undefined : JSON.stringify(value);
    if (written.get(key) === json) return;
    if (json === undefined) {
      drop.run(shop, table, id);
      written.delete(key);
    } else {
      write.run(shop, table, id, json);
      written.set(key, json);
    }
  };

  const putShop = (handle: string, state: ShopState) => {
    for (const [table, value] of Object.entries(state)) {
      // Deliveries are many and always named one by one.
      if (table === "deliveries") continue;
      if (!(value instanceof Map)) put(handle, table, "", value);
      else for (const [id, record] of value) put(handle, table, id, record);
    }
    for (const key of written.keys()) {
      const [shop = "", table = "", id = ""] = key.split("\n");
      const records = shop === handle ? state[table as keyof ShopState] : undefined;
      if (table !== "deliveries" && records instanceof Map && !records.has(id)) put(shop, table, id, undefined);
    }
  };

  return {
    load() {
      const shops = new Map<string, ShopState>();
      const facts: Partial<Facts> = {};
      for (const row of db.prepare("select shop, tbl, id, json from record").all() as Record<"shop" | "tbl" | "id" | "json", string>[]) {
        written.set(`${row.shop}\n${row.tbl}\n${row.id}`, row.json);
        const value = JSON.parse(row.json);
        if (row.shop === "") {
          Object.assign(facts, { [row.tbl]: value });
          continue;
        }
        const state = shops.get(row.shop) ?? emptyShopState(null as never);
        shops.set(row.shop, state);
        const table = state[row.tbl as keyof ShopState];
        if (table instanceof Map) (table as Map<string, unknown>).set(row.id, value);
        else Object.assign(state, { [row.tbl]: value });
      }
      return { ...facts, shops };
    },
    mark(handle, table, id) {
      if (table === undefined) wholeShops.add(handle);
      else single.set(`${handle}\n${table}\n${id ?? ""}`, [handle, table, id ?? ""]);
    },
    flush(shops, facts) {
      db.exec("begin");
      try {
        put("", "lastId", "", facts.lastId);
        put("", "offsetMs", "", facts.offsetMs);
        for (const handle of wholeShops) {
          const state = shops.get(handle);
          if (state) putShop(handle, state);
        }
        for (const [handle, table, id] of single.values()) {
          const records = shops.get(handle)?.[table];
          put(handle, table, id, records instanceof Map ? records.get(id) : records);
        }
        db.exec("commit");
      } catch (error) {
        // What was thought written was not.
        db.exec("rollback");
        written.clear();
        throw error;
      }
      wholeShops.clear();
      single.clear();
    },
    every(millis, flush) {
      timer = setInterval(flush, millis);
      timer.unref();
    },
    close() {
      clearInterval(timer);
      db.close();
    },
  };
}

const memoryOnly: Persistence = {
  load: () => ({ shops: new Map() }),
  mark() {},
  flush() {},
  every() {},
  close() {},
};
