import { createServer } from "node:net";

/** The first free port from `wanted` on, leaving out those already taken by us; 0 asks for any. */
export async function freePort(wanted: number, taken: Set<number>): Promise<number> {
  for (let port = wanted, tries = 0; tries < 200; tries += 1) {
    const found = await tryPort(port);
    if (found !== undefined && !taken.has(found)) {
      taken.add(found);
      return found;
    }
    if (port !== 0) port += 1;
  }
  throw new Error(`No free port was found from ${wanted} on.`);
}

/** The first of `count` free ports in a row. */
export async function freePorts(wanted: number, count: number, taken: Set<number>): Promise<number> {
  for (let first = wanted || (await freePort(0, new Set())), tries = 0; tries < 200; first += 1, tries += 1) {
    const row = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(row.map(async (port) => !taken.has(port) && (await tryPort(port)) !== undefined));
    if (!free.every(Boolean)) continue;
    for (const port of row) taken.add(port);
    return first;
  }
  throw new Error(`No ${count} free ports in a row were found from ${wanted} on.`);
}

// Asked on every address: what listens on one of them only would still be in the way.
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(undefined));
    server.listen(port, () => {
      const address = server.address();
      const found = typeof address === "object" && address ? address.port : undefined;
      server.close(() => done(found));
    });
  });
}
