import { readdirSync, readFileSync } from "node:fs";

// Linux counts in hundredths of a second.
const perSecond = 100;

/** What a process and all that it started have used of processors so far; null where the system does not tell. */
export function processorSecondsOf(pid: number): number | null {
  const own = timesOf(pid);
  if (!own) return null;
  const children = readdirSync("/proc").flatMap((name) => {
    const one = /^\d+$/.test(name) ? timesOf(Number(name)) : undefined;
    return one?.parent === pid ? one.own : [];
  });
  return (own.own + own.ended + children.reduce((sum, one) => sum + one, 0)) / perSecond;
}

function timesOf(pid: number): { parent: number; own: number; ended: number } | undefined {
  try {
    // Behind the name, which may have blanks: state, parent, and from the twelfth on user and system, its own and its ended children's.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), own: user + system, ended: endedUser + endedSystem };
  } catch {
    return undefined;
  }
}
