import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** pgbench's TPC-B, the yardstick: transactions a second on the same server. @throws when pgbench is not installed */
export async function prepareTpcB(url: string, scale = 20): Promise<void> {
  await exec("pgbench", ["-i", "-q", "-s", String(scale), url]).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT")
      throw new Error("pgbench is not installed: it comes with PostgreSQL (Debian: apt-get install postgresql-contrib).");
    throw error;
  });
}

export async function tpcB(url: string, seconds: number, clients = 8): Promise<number> {
  const { stdout } = await exec("pgbench", ["-n", "-c", String(clients), "-j", "2", "-T", String(seconds), "-M", "prepared", url]);
  const [, tps] = /tps = ([\d.]+)/.exec(stdout) ?? [];
  if (!tps) throw new Error(`pgbench said no figure:\n${stdout}`);
  return Number(tps);
}
