import { parseArgs } from "node:util";

export type DemoOptions = {
  fresh: boolean;
  /** null: the shops begin empty. */
  history: { days: number; customers: number; orders: number } | null;
  directory: string;
  /** Where the addresses are written to. */
  file: string;
  /** First ports to try; 0: any. */
  ports: { app: number; worker: number; sandbox: number; storefront: number };
};

export const usage = `npm run demo -- [options]

  --fresh              start over with new shops and an empty database
  --no-history         let the shops begin without customers and orders
  --orders N           orders in the made-up year of the first shop (default 600)
  --directory PATH     where data, logs and secrets are kept (default .laurel)
  --file PATH          where the addresses are written to (default .demo.json)
  --any-ports          take any free ports and not the usual ones

With DATABASE_URL set, that PostgreSQL is used and none is started.`;

/** @throws with a sentence when an option is not known */
export function readOptions(given: string[]): DemoOptions | "help" {
  const { values } = parseArgs({
    args: given,
    options: {
      fresh: { type: "boolean", default: false },
      "no-history": { type: "boolean", default: false },
      orders: { type: "string", default: "600" },
      directory: { type: "string", default: ".laurel" },
      file: { type: "string", default: ".demo.json" },
      "any-ports": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const orders = Number(values.orders);
  if (!Number.isInteger(orders) || orders < 1 || orders > 5000) throw new Error("--orders is a whole number from 1 to 5000.");
  return {
    fresh: values.fresh,
    history: values["no-history"] ? null : { days: 365, customers: Math.max(5, Math.round(orders / 5)), orders },
    directory: values.directory,
    file: values.file,
    ports: values["any-ports"]
      ? { app: 0, worker: 0, sandbox: 0, storefront: 0 }
      : { app: 3000, worker: 3001, sandbox: 4000, storefront: 4001 },
  };
}
