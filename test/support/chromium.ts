import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../node_modules/.laurel-chromium", import.meta.url));

export type Chromium = { executablePath: string; env: Record<string, string> };

/**
 * A browser that needs nothing of the machine: Chromium and the libraries it wants, out of an npm package. Where
 * there is none for this processor, Debian's own.
 */
export function chromium(): Chromium {
  if (process.env.CHROMIUM) return { executablePath: process.env.CHROMIUM, env: {} };
  if (process.platform === "linux" && process.arch === "x64") {
    if (!existsSync(join(folder, "chromium"))) unpack();
    const libraries = [join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
    return { executablePath: join(folder, "chromium"), env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, "fonts") } };
  }
  const installed = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
  const found = installed.find((path) => existsSync(path));
  if (!found) throw new Error("There is no Chromium for the browser tests. Install one and name it in CHROMIUM.");
  return { executablePath: found, env: {} };
}

// The package unpacks itself into the temporary folder, and its libraries only where it believes to be on a server
// of Amazon's. Unpacked aside and moved as a whole, half a browser is never seen by another test process.
function unpack(): void {
  const aside = mkdtempSync(join(dirname(folder), ".laurel-chromium-"));
  const code = 'import("@sparticuz/chromium").then((it) => it.default.executablePath())';
  execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: dirname(dirname(folder)),
    env: { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  writeFileSync(join(aside, "fonts", "fonts.conf"), fontsOf(folder));
  try {
    renameSync(aside, folder);
  } catch {
    // Another process was first.
    rmSync(aside, { recursive: true, force: true });
  }
}

// The package's own list of fonts names folders of Amazon's servers.
const fontsOf = (home: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, "fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, "fonts-cache")}</cachedir>
</fontconfig>
`;
