import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const assets = fileURLToPath(new URL("../build/client/assets", import.meta.url));

/** Writes a .br beside every text file of the browser build, so that no request waits for a compressor. */
export function compressBuild(folder = assets): void {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg|json|txt)$/.test(name)) continue;
    const plain = readFileSync(join(folder, name));
    if (plain.length < 1024) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(plain, { params }));
  }
}

if (import.meta.main) compressBuild();
