import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { programme } from "../support/rules.ts";
import { openStory } from "../support/story.ts";

const at = useDatabase();
const root = fileURLToPath(new URL("../..", import.meta.url));

const tell = (...typed: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const env = { ...process.env, DATABASE_URL: at.url };
    execFile(process.execPath, [join(root, "scripts/laurel.ts"), "event", "tell", ...typed], { cwd: root, env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

test("an event is told from the command line, once for its source", async () => {
  const definition = programme({
    earning: [
      {
        id: "review",
        on: { kind: "event", name: "review.written" },
        award: { kind: "fixed", points: 50, unit: "points" },
        when: { kind: "all", of: [{ kind: "event property", property: "stars", operator: "at least", values: [4] }] },
      },
    ],
  });
  const story = await openStory(at, { definition });
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: "gid://shopify/Customer/7", state: "enabled" });
  await story.drain();
  const event = ["--shop", story.shop, "--customer", "7", "--name", "review.written", "--source", "r1"];
  expect(await tell(...event, "--property", "stars=5")).toMatchObject({
    code: 0,
    out: "Told: review.written of customer 7 earned 50 points.\n",
  });
  expect(await tell(...event, "--property", "stars=5")).toMatchObject({
    code: 0,
    out: "Told before: review.written of customer 7 earned 50 points.\n",
  });
  expect(await tell(...event, "--property", "stars=1")).toMatchObject({ code: 1, err: expect.stringContaining("told before") as string });
  expect(await tell(...event.slice(0, 6))).toMatchObject({ code: 2, err: expect.stringContaining("--source") as string });
  expect(await story.balance(7)).toMatchObject({ available: 50 });
});
