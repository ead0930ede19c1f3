import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

// Who may import whom: the table of the README, and nothing beside it.
const mayImport: Record<string, readonly string[]> = {
  loyalty: [],
  db: ["loyalty"],
  shopify: ["loyalty"],
  mail: ["loyalty"],
  flows: ["loyalty", "db", "shopify", "mail"],
  worker: ["flows", "db", "doors"],
  doors: ["flows", "loyalty", "db", "shopify", "mail", "ui"],
  routes: ["doors", "flows", "loyalty", "ui", "db"],
  ui: ["loyalty"],
  extensions: [],
  sandbox: [],
};

// What happens, in rooms of its own: each may import those before it.
const flows = [
  "mirror",
  "settling",
  "explaining",
  "insight",
  "programme",
  "receiving",
  "shop",
  "cards",
  "members",
  "redeeming",
  "gifts",
  "tiers",
];

// The one thing that a room may take from another although the table says no.
const exceptions: { from: RegExp; to: RegExp; why: string }[] = [
  { from: /^extensions\//, to: /^app\/loyalty\/card\.ts$/, why: "the contract between the app and what runs in the shop" },
  { from: /^app\/(db|flows|worker)\//, to: /^app\/ids\.ts$/, why: "ids are made in code, by whoever writes" },
];

// What loyalty is made of: values, and libraries that are values too.
const valueLibraries = ["zod", "temporal-polyfill"];

// Row-level security would hold without it: it is the second lock, never the only one.
test("every query of a programme's tables names the programme", () => {
  const schema = readFileSync(join(root, "prisma/schema.prisma"), "utf8");
  const models = schema.split(/^model /m).filter((model) => model.includes("program_id"));
  const ofProgrammes = new Set(models.map((model) => /@@map\("(\w+)"\)/.exec(model)?.[1] ?? ""));
  // What is asked before the programme is known.
  for (const table of ["shop_directory", "inbox"]) ofProgrammes.delete(table);
  const unbound = files("app").flatMap((file) =>
    textsOf(file)
      .filter((text) => /\b(select|insert|update|delete)\b/.test(text) && !/program_id/.test(text))
      .filter((text) => [...text.matchAll(/\b(?:from|into|update|join)\s+"?(\w+)/g)].some(([, table]) => ofProgrammes.has(table ?? "")))
      .map((text) => `${file}: ${text.slice(0, 100)}`),
  );
  expect(ofProgrammes.size).toBeGreaterThan(30);
  expect(unbound).toEqual([]);
});

test("every room imports only what the house allows", () => {
  const broken = files("app", "extensions", "sandbox").flatMap((file) =>
    importsOf(file)
      .filter((to) => to.startsWith("."))
      .map((to) => relative(root, join(root, dirname(file), to)))
      .filter((to) => !allowed(file, to))
      .map((to) => `${file} (${roomOf(file)}) imports ${to} (${roomOf(to) ?? "no room of the app"})`),
  );
  expect(broken).toEqual([]);
});

test("flows import one way: each room only those before it", () => {
  const rank = (file: string): number => {
    const [room = "", name] = file.slice("app/flows/".length).split("/");
    // What stands in no room is for all of them.
    return name === undefined ? -1 : flows.indexOf(room);
  };
  expect(folders("app/flows").sort()).toEqual([...flows].sort());
  const back = files("app/flows").flatMap((file) =>
    importsOf(file)
      .map((to) => relative(root, join(root, dirname(file), to)))
      .filter((to) => to.startsWith("app/flows/") && rank(to) > rank(file))
      .map((to) => `${file} imports ${to}`),
  );
  expect(back).toEqual([]);
});

test("loyalty is pure: no Node, no library that is more than a value", () => {
  const impure = files("app/loyalty").flatMap((file) =>
    importsOf(file)
      .filter((to) => !to.startsWith(".") && !valueLibraries.includes(to))
      .map((to) => `${file} imports ${to}`),
  );
  expect(impure).toEqual([]);
});

test("db and shopify never meet outside of a flow", () => {
  const libraries = { db: /shopify/, shopify: /^(pg|@prisma\/)/ };
  const met = Object.entries(libraries).flatMap(([room, stranger]) =>
    files(`app/${room}`).flatMap((file) =>
      importsOf(file)
        .filter((to) => stranger.test(to))
        .map((to) => `${file} imports ${to}`),
    ),
  );
  expect(met).toEqual([]);
});

test("a route is short, and no file is longer than one can keep in mind", () => {
  // A table of sentences is looked up, not read.
  const isTable = (file: string) => file.startsWith("app/ui/texts/");
  const long = files("app", "extensions", "sandbox", "scripts", "bench").filter((file) => !isTable(file) && linesOf(file) > 300);
  const longRoutes = files("app/routes").filter((file) => linesOf(file) > 60);
  expect([...long, ...longRoutes].map((file) => `${file} has ${linesOf(file)} lines`)).toEqual([]);
});

test("files are named after the one thing that they give", () => {
  const vague = /(^|[-.])(service|manager|helpers?|utils?|handler|impl|common|misc)([-.]|$)/;
  const named = files("app", "extensions", "sandbox", "scripts", "bench", "test").map((file) => ({
    file,
    name: file.split("/").at(-1) ?? "",
  }));
  expect(named.filter(({ name }) => vague.test(name)).map(({ file }) => file)).toEqual([]);
  const odd = named.filter(({ file, name }) => !file.startsWith("app/routes/") && !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name));
  expect(odd.map(({ file }) => file)).toEqual([]);
});

test("every dependency has a line that says why it is there", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, object>;
  const reasons = readFileSync(join(root, "docs/dependencies.md"), "utf8");
  const unexplained = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !reasons.includes(`\`${name}\``));
  expect(unexplained).toEqual([]);
});

test("the picture of the house in the README names the rooms that there are, and no others", () => {
  const [, picture = ""] = /## The house\n[\s\S]*?```\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
  // Two blanks are one floor down: app, its rooms, and what the programme's own room is made of.
  const above: string[] = [];
  const drawn = picture.split("\n").flatMap((line) => {
    const [, indent = "", name] = /^( *)([\w-]+)\//.exec(line) ?? [];
    if (!name) return [];
    above.splice(indent.length / 2, Number.POSITIVE_INFINITY, name);
    return [above.join("/")];
  });
  const rooms = (folder: string) => folders(folder).map((name) => `${folder}/${name}`);
  expect(drawn.sort()).toEqual([...folders("."), ...rooms("app"), ...rooms("app/loyalty"), ...rooms("app/flows")].sort());
});

function allowed(file: string, to: string): boolean {
  const from = roomOf(file);
  const target = roomOf(to);
  if (from === undefined) return false;
  if (from === target) return true;
  if (exceptions.some((one) => one.from.test(file) && one.to.test(to))) return true;
  return target !== undefined && (mayImport[from] ?? []).includes(target);
}

// app/root.tsx and the entries are Remix's own and belong to the routes; app/*.server.ts are the doors.
function roomOf(file: string): string | undefined {
  const [top = "", next = ""] = file.split("/");
  if (top === "extensions" || top === "sandbox") return top;
  if (top !== "app") return undefined;
  if (/^(root|entry\.(server|client))\.tsx$/.test(next)) return "routes";
  if (/\.server\.tsx?$/.test(next)) return "doors";
  return next in mayImport ? next : undefined;
}

const read = (file: string): string => readFileSync(join(root, file), "utf8");
const importsOf = (file: string): string[] => ts.preProcessFile(read(file), true, true).importedFiles.map((one) => one.fileName);

function textsOf(file: string): string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) found.push(node.getText(source));
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

const linesOf = (file: string): number => read(file).split("\n").length - 1;

function files(...among: string[]): string[] {
  return among.flatMap((folder) =>
    entries(folder, true)
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes("node_modules"))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
}

const notOurs = new Set(["node_modules", "build", "coverage"]);
const folders = (of: string): string[] =>
  entries(of, false)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !notOurs.has(entry.name))
    .map((entry) => entry.name)
    // Git knows no empty folders.
    .filter((name) => entries(join(of, name), true).some((entry) => entry.isFile()));

function entries(folder: string, recursive: boolean) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true, recursive });
  } catch {
    return [];
  }
}
