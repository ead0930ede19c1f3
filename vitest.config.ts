import { defineConfig } from "vitest/config";

const common = { environment: "node" as const, setupFiles: ["test/support/no-console-errors.ts"] };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: "pure",
          include: [
            "test/loyalty/**/*.test.ts",
            "test/house.test.ts",
            "test/shopify/**/*.test.ts",
            "test/sandbox/**/*.test.ts",
            "test/extensions/**/*.test.ts",
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...common,
          name: "database",
          include: ["test/db/**/*.test.ts", "test/flows/**/*.test.ts", "test/routes/**/*.test.ts", "test/worker/**/*.test.ts"],
          globalSetup: ["test/support/postgres.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...common,
          name: "whole",
          include: ["test/journeys/**/*.test.ts", "test/faults/**/*.test.ts", "test/browser/**/*.test.ts", "test/scripts/**/*.test.ts"],
          globalSetup: ["test/support/postgres.ts", "test/support/build.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
