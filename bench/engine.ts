import { type Contender, cel, jsonRulesEngine, laurel, zenEngine } from "./engine/contenders.ts";
import { type BenchOrder, benchOrders } from "./engine/orders.ts";
import { benchRules } from "./engine/rules.ts";
import { type Figure, median, sayFigure } from "./figures.ts";

/** What DESIGN.md asks of the engine, in times its rivals' speed. */
const goals: Readonly<Record<string, number>> = { "json-rules-engine": 100, "zen-engine": 50, "cel-js (@marcbachmann)": 2 };

/**
 * The engine beside three others on the same rules and orders: microseconds of processor time for one order and all
 * rules. First every verdict is held against ours; one that differs ends the benchmark.
 */
export async function engineFigures({ runs, orders: count }: { runs: number; orders: number }): Promise<string[]> {
  const orders = benchOrders(count);
  const lines: string[] = [];
  for (const size of [20, 200]) {
    const rules = benchRules(size);
    const contenders = [laurel, jsonRulesEngine, zenEngine, cel].map((make) => make(rules));
    const passed = await sameVerdicts(contenders, orders);
    const figures = contenders.map(({ name }): Figure => ({ name: `${name}, ${size} rules`, unit: "µs/order", runs: [] }));
    // What Node compiles on the way is compiled before the clock runs.
    for (const contender of contenders) await microsPerOrder(contender, orders);
    for (let run = 0; run < runs; run += 1) {
      // In turns, and each round begins with another.
      for (let turn = 0; turn < contenders.length; turn += 1) {
        const at = (run + turn) % contenders.length;
        figures[at]?.runs.push(await microsPerOrder(contenders[at] as Contender, orders));
      }
    }
    lines.push(`${size} rules, ${count} orders, ${passed} of ${size * count} verdicts hold, equal in all`);
    const [ours] = figures as [Figure];
    for (const [at, figure] of figures.entries())
      lines.push(at === 0 ? sayFigure(figure) : besides(figure, ours, contenders[at]?.name ?? ""));
  }
  return lines;
}

function besides(figure: Figure, ours: Figure, name: string): string {
  const times = median(figure.runs.map((run, at) => run / (ours.runs[at] ?? Number.NaN)));
  const goal = goals[name] ?? 0;
  return `${sayFigure(figure)}  Laurel is ${times.toFixed(1)} × as fast (goal ${goal}: ${times >= goal ? "reached" : "not reached"})`;
}

async function sameVerdicts([ours, ...others]: Contender[], orders: readonly BenchOrder[]): Promise<number> {
  let passed = 0;
  for (const one of orders) {
    const expected = [...((await ours?.verdicts(one)) ?? [])].sort();
    passed += expected.length;
    for (const other of others) {
      const found = [...(await other.verdicts(one))].sort();
      if (found.join() !== expected.join())
        throw new Error(`${other.name} says of ${one.order.name}: ${found.join(", ")}; Laurel says: ${expected.join(", ")}`);
    }
  }
  return passed;
}

/**
 * Passes over all orders until three tenths of a second are used: what is quick is measured as long as what is slow.
 * Processor time of all threads, so that neither a shared machine nor a second thread flatters anybody.
 */
async function microsPerOrder(contender: Contender, orders: readonly BenchOrder[]): Promise<number> {
  const began = process.cpuUsage();
  for (let passes = 1; ; passes += 1) {
    await contender.decide(orders);
    const { user, system } = process.cpuUsage(began);
    if (user + system > 300_000) return (user + system) / (passes * orders.length);
  }
}
