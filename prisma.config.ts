import { defineConfig } from "prisma/config";
import { migrationAdapter } from "./prisma/migration-adapter.ts";

// The command line would download engines that it then never runs: with the adapter below all SQL goes
// through node-postgres. Naming any existing file keeps it from asking the network.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.PRISMA_QUERY_ENGINE_LIBRARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  experimental: { adapter: true },
  engine: "js",
  adapter: async () => migrationAdapter(process.env.DATABASE_URL),
});
