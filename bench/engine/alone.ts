import { type Contender, cel, jsonRulesEngine, laurel, zenEngine } from "./contenders.ts";
import { benchOrders } from "./orders.ts";
import { benchRules } from "./rules.ts";

// One engine in a process of its own, started by engine.ts: what others leave in memory and in the compiler neither helps nor
// hinders it.
export const contenders = { laurel, jsonRulesEngine, zenEngine, cel };

/** Which engine, how many rules, how many orders. */
export type Entry = { who: keyof typeof contenders; rules: number; orders: number };
export type Question = "name" | "verdicts" | "microseconds";

if (process.send) {
  const { who, ...entry } = JSON.parse(process.argv[2] ?? "") as Entry;
  const contender = contenders[who](benchRules(entry.rules));
  const orders = benchOrders(entry.orders);
  const answers: Record<Question, () => unknown> = {
    name: () => contender.name,
    verdicts: () => Promise.all(orders.map(async (one) => [...(await contender.verdicts(one))].sort())),
    microseconds: () => microsPerOrder(contender, orders),
  };
  process.on("message", (asked: Question) => void answer(answers[asked]));
}

async function answer(work: () => unknown): Promise<void> {
  process.send?.(await work());
}

/**
 * Passes over all orders until three tenths of a second are used: what is quick is measured as long as what is slow.
 * Processor time of all threads, so that neither a shared machine nor a second thread flatters anybody.
 */
async function microsPerOrder(contender: Contender, orders: ReturnType<typeof benchOrders>): Promise<number> {
  const began = process.cpuUsage();
  for (let passes = 1; ; passes += 1) {
    await contender.decide(orders);
    const { user, system } = process.cpuUsage(began);
    if (user + system > 300_000) return (user + system) / (passes * orders.length);
  }
}
