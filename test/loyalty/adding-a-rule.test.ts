import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** A copy of what rules are made of, without this test. */
function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), "laurel-rule-"));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  for (const part of ["app", "test", "package.json", "tsconfig.json", "vitest.config.ts"])
    cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => path !== import.meta.filename });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

test("the changes that the guide shows can be made, and are whole", async () => {
  const guide = readFileSync(join(root, "docs/adding-a-rule.md"), "utf8");
  const changes = [...guide.matchAll(/^```diff\n(.*?)^```/gms)].map(([, diff]) => diff ?? "");
  expect(changes).toHaveLength(2);
  const copy = copyOfProject();
  for (const [n, change] of changes.entries()) {
    writeFileSync(join(copy, `${n}.diff`), change);
    await run("git", ["apply", `${n}.diff`], { cwd: copy });
  }
  const tables = ["conditions", "awards", "what-if", "sentence", "rule-index"].map((name) => `test/loyalty/${name}.test.ts`);
  const asked = ["run", "--project", "pure", "--reporter", "json", ...tables];
  // It fails when a test does, and tells which on the same channel.
  const told = await run(join(copy, "node_modules/.bin/vitest"), asked, { cwd: copy }).catch((error: { stdout: string }) => error);
  const { testResults } = JSON.parse(told.stdout) as { testResults: { assertionResults: { fullName: string; status: string }[] }[] };
  const results = testResults.flatMap((one) => one.assertionResults);
  expect(results.filter(({ status }) => status === "failed").map(({ fullName }) => fullName)).toEqual([]);
  expect(testResults).toHaveLength(tables.length);
  for (const name of ["variety", "per full amount"]) expect(results.some(({ fullName }) => fullName.includes(name))).toBe(true);
}, 120_000);
