import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { compressBuild } from "./compress-build.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const mark = join(root, "build", ".made-from");
const lock = join(root, "node_modules", ".laurel-build");

/** Builds the app unless the build that is there was made from these very sources. Answers whether it had to. */
export async function buildAppIfStale(signal?: AbortSignal): Promise<boolean> {
  const sources = fingerprintOfSources();
  if (madeFrom() === sources) return false;

  await holdingLock(async () => {
    // Another process may have built it while this one waited.
    if (madeFrom() === sources) return;
    rmSync(mark, { force: true });
    const remix = join(root, "node_modules/@remix-run/dev/dist/cli.js");
    await promisify(execFile)(process.execPath, [remix, "vite:build", "--logLevel", "warn"], {
      cwd: root,
      signal,
      // A build for tests is the build of production.
      env: { ...process.env, NODE_ENV: "production" },
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: { stdout?: string; stderr?: string; message: string }) => {
      throw new Error(`The app could not be built:\n${[error.stdout, error.stderr].filter(Boolean).join("\n") || error.message}`);
    });
    compressBuild();
    writeFileSync(`${mark}.new`, sources);
    renameSync(`${mark}.new`, mark);
  });
  return true;
}

const madeFrom = (): string => (existsSync(mark) && existsSync(join(root, "build/server/index.js")) ? readFileSync(mark, "utf8") : "");

function fingerprintOfSources(): string {
  const hash = createHash("sha256");
  const files = ["vite.config.ts", "package-lock.json", ...filesBelow("app"), ...filesBelow("public")];
  for (const file of files) if (existsSync(join(root, file))) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

// A folder is made by exactly one of those who try. One left behind by a killed build is taken over after three minutes.
async function holdingLock(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const since = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
      if (since > 180_000) rmSync(lock, { recursive: true, force: true });
      await new Promise((go) => setTimeout(go, 250));
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log((await buildAppIfStale()) ? "Built." : "The build is current.");
