/** The middle of several runs, and how far apart they were: one run proves nothing on a shared machine. */
export type Figure = { name: string; unit: string; runs: number[] };

export const median = (runs: readonly number[]): number => {
  const sorted = [...runs].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

const round = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3));

/** One line: median, least and most, and the ratio to a baseline measured in the same run, pair by pair. */
export function sayFigure(figure: Figure, baseline?: Figure): string {
  const spread = `${round(Math.min(...figure.runs))} to ${round(Math.max(...figure.runs))}`;
  const line = `${figure.name.padEnd(44)} ${round(median(figure.runs)).padStart(9)} ${figure.unit.padEnd(8)} (${spread}, ${figure.runs.length} runs)`;
  if (!baseline) return line;
  const ratios = figure.runs.map((run, index) => run / (baseline.runs[index] ?? Number.NaN));
  return `${line}  ${median(ratios).toFixed(2)} × ${baseline.name} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}
