import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";

/**
 * The adapter that Prisma's command line migrates through.
 *
 * adapter-pg does not know the catalogue types `name` (19) and `"char"` (18) and their arrays, which the
 * migration engine reads (Prisma issue 27403); they are handed on as text.
 */
export function migrationAdapter(url: string | undefined) {
  // Without an address the adapter still serves commands that need no database, such as `migrate diff`.
  // Since there is a schema called laurel, an owner who is called so too would make new tables there.
  const pool = new pg.Pool({ connectionString: url, Client: CatalogueClient, max: 2, options: "-c search_path=public" });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    // The adapter would cut a script at every semicolon, inside function bodies too. Sent whole, PostgreSQL
    // runs it as one transaction: a migration happens or it does not.
    adapter.executeScript = async (script: string) => {
      await pool.query(script).catch((error: Error) => {
        // The engine would only say "external error".
        console.error(error.message);
        throw error;
      });
    };
    return adapter;
  };
  return factory;
}

const asText: Record<number, number> = { 18: 25, 19: 25, 1002: 1009, 1003: 1009 };

type Field = { dataTypeID: number };
type Result = { fields?: Field[] };

class CatalogueClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: node-postgres overloads query in a dozen ways and all pass through here.
  override query(...args: any[]): any {
    const callback = args.at(-1);
    if (typeof callback === "function") {
      args[args.length - 1] = (error: unknown, result: Result) => callback(error, retyped(result));
      return super.query(...(args as Parameters<pg.Client["query"]>));
    }
    const pending = super.query(...(args as Parameters<pg.Client["query"]>)) as unknown as Promise<Result>;
    return typeof pending?.then === "function" ? pending.then(retyped) : pending;
  }
}

function retyped(result: Result): Result {
  for (const field of result?.fields ?? []) field.dataTypeID = asText[field.dataTypeID] ?? field.dataTypeID;
  return result;
}
