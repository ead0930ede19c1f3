import { CsvError, parse } from "csv-parse/sync";
import type { ImportLine } from "../../db/imports.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";

/** What other apps call the two columns in their exports. */
const names = {
  email: ["email", "e-mail", "emails", "email address", "customer email"],
  points: ["points", "points balance", "point balance", "points_balance", "balance", "points_approved", "current balance"],
};

const mostRows = 200_000;
const mostPoints = 10_000_000;

/** Reads a file of balances, and says of every row what is wrong with it. Nothing is guessed: "1,000" is refused, not read as 1. */
export function readBalances(text: string): ImportLine[] | Refusal {
  const table = readTable(text);
  if ("refused" in table) return table;
  const [head, ...rows] = table;
  if (!head) return refuse("empty", "The file is empty.", "file");

  const columns = head.record.map((name) => name.trim().toLowerCase());
  const at = {
    email: columns.findIndex((name) => names.email.includes(name)),
    points: columns.findIndex((name) => names.points.includes(name)),
  };
  if (at.email < 0 || at.points < 0)
    return refuse(
      "no columns",
      `The first row has no column ${at.email < 0 ? "email" : "points"}. It reads: ${head.record.join(", ").slice(0, 100)}.`,
      "file",
    );
  if (rows.length === 0) return refuse("no rows", "The file has no rows below its first.", "file");
  if (rows.length > mostRows)
    return refuse("too many rows", `The file has more than ${mostRows.toLocaleString("en")} rows. Split it.`, "file");

  const seen = new Map<string, number>();
  return rows.map(({ record, line }) => {
    const email = (record[at.email] ?? "").trim().toLowerCase();
    const points = record[at.points] ?? "";
    const width =
      record.length > columns.length
        ? `The row has ${record.length} fields and the first row ${columns.length}. A thousands separator may be the reason.`
        : null;
    const first = seen.get(email);
    const problem = width ?? problemOfEmail(email) ?? problemOfPoints(points) ?? (first ? `The same e-mail is in row ${first}.` : null);
    if (email && !first) seen.set(email, line);
    return { line, email: email || null, points: problem ? null : pointsOf(points), problem };
  });
}

type Table = { record: string[]; line: number }[];

function readTable(text: string): Table | Refusal {
  const [first = ""] = text.split(/\r?\n/, 1);
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: first.includes(";") && !first.includes(",") ? ";" : first.includes("\t") ? "\t" : ",",
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows
      .filter(({ record }) => record.some((field) => field.trim() !== ""))
      .map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = "lines" in error ? ` near row ${error.lines}` : "";
    return refuse("no csv", `This is not a CSV file that can be read${line}. A quotation mark may be missing.`, "file");
  }
}

function problemOfEmail(email: string): string | null {
  if (email === "") return "The e-mail is missing.";
  // Its length first: a field of megabytes would keep the pattern busy for minutes.
  return email.length <= 254 && /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(email) ? null : "This is not an e-mail.";
}

// Some apps write two decimals to every number. Those that say nothing are taken, the others are asked about.
const whole = /^(\d{1,15})(?:\.0+)?$/;

function problemOfPoints(typed: string): string | null {
  const text = typed.trim();
  if (text === "") return "The points are missing.";
  if (/^\d{1,3}([,. ’']\d{3})+$/.test(text) && !whole.test(text)) return "Write the points without thousands separators.";
  if (/^-/.test(text)) return "A balance cannot be below zero.";
  if (/^\d+[.,]\d+$/.test(text) && !whole.test(text)) return "Points are whole numbers.";
  if (!whole.test(text)) return "This is not a number.";
  const points = pointsOf(text);
  if (points === 0) return "There is nothing to import: the balance is 0.";
  return points > mostPoints ? `A balance can be at most ${mostPoints.toLocaleString("en")}.` : null;
}

const pointsOf = (typed: string): number => Number(whole.exec(typed.trim())?.[1]);
