import { fork } from "node:child_process";
import { once } from "node:events";
import type { Entry, Question } from "./engine/alone.ts";
import { type Figure, median, sayFigure } from "./figures.ts";

/** What DESIGN.md asks of the engine, in times its rivals' speed. */
const goals: Readonly<Record<string, number>> = { "json-rules-engine": 100, "zen-engine": 50, "cel-js (@marcbachmann)": 2 };
const everybody: readonly Entry["who"][] = ["laurel", "jsonRulesEngine", "zenEngine", "cel"];

type Contender = { name: string; ask: <T>(question: Question) => Promise<T>; stop: () => void };

/**
 * The engine beside three others on the same rules and orders, each in a process of its own: microseconds of processor
 * time for one order and all rules. First every verdict is held against ours; one that differs ends the benchmark.
 */
export async function engineFigures({ runs, orders }: { runs: number; orders: number }): Promise<string[]> {
  const lines: string[] = [];
  for (const rules of [20, 200]) {
    const contenders = await Promise.all(everybody.map((who) => enter({ who, rules, orders })));
    try {
      lines.push(...(await race(contenders, { rules, orders, runs })));
    } finally {
      for (const one of contenders) one.stop();
    }
  }
  return lines;
}

async function enter(entry: Entry): Promise<Contender> {
  const child = fork(new URL("./engine/alone.ts", import.meta.url), [JSON.stringify(entry)]);
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`The process of ${entry.who} ended by itself, with ${code}.`);
  });
  // What it ends with concerns nobody any more when nothing is asked of it.
  ended.catch(() => undefined);
  const ask = async <T>(question: Question): Promise<T> => {
    const answered = once(child, "message");
    child.send(question);
    const [answer] = await Promise.race([answered, ended]);
    return answer as T;
  };
  return { name: await ask<string>("name"), ask, stop: () => child.kill() };
}

type Course = { rules: number; orders: number; runs: number };

async function race(contenders: readonly Contender[], { rules, orders, runs }: Course): Promise<string[]> {
  const passed = await sameVerdicts(contenders);
  const figures = contenders.map(({ name }): Figure => ({ name: `${name}, ${rules} rules`, unit: "µs/order", runs: [] }));
  // What Node compiles on the way is compiled before the clock runs.
  for (const one of contenders) await one.ask("microseconds");
  for (let run = 0; run < runs; run += 1) {
    // In turns, and each round begins with another.
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const at = (run + turn) % contenders.length;
      figures[at]?.runs.push(await (contenders[at] as Contender).ask<number>("microseconds"));
    }
  }
  const [ours] = figures as [Figure];
  return [
    `${rules} rules, ${orders} orders, ${passed} of ${rules * orders} verdicts hold, equal in all`,
    ...figures.map((figure, at) => (at === 0 ? sayFigure(figure) : besides(figure, ours, contenders[at]?.name ?? ""))),
  ];
}

function besides(figure: Figure, ours: Figure, name: string): string {
  const times = median(figure.runs.map((run, at) => run / (ours.runs[at] ?? Number.NaN)));
  const goal = goals[name] ?? 0;
  return `${sayFigure(figure)}  Laurel is ${times.toFixed(1)} × as fast (goal ${goal}: ${times >= goal ? "reached" : "not reached"})`;
}

async function sameVerdicts([ours, ...others]: readonly Contender[]): Promise<number> {
  const expected = (await ours?.ask<string[][]>("verdicts")) ?? [];
  for (const other of others) {
    const found = await other.ask<string[][]>("verdicts");
    for (const [order, passing] of expected.entries())
      if (found[order]?.join() !== passing.join())
        throw new Error(`${other.name} says of order ${order + 1}: ${found[order]?.join(", ")}; Laurel says: ${passing.join(", ")}`);
  }
  return expected.reduce((sum, passing) => sum + passing.length, 0);
}
