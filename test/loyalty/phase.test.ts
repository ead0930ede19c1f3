import { expect, test } from "vitest";
import { everInForce, lastBeginning, type Phase, phaseAt, versionAt } from "../../app/loyalty/program/phase.ts";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const change = (seq: number, phase: Phase, from: number, testTag: string | null = null) => ({ seq, phase, from: day(from), testTag });

test.each([
  [0, "off", null],
  [1, "testing", "tester"],
  [9, "testing", "tester"],
  [10, "live", null],
  [19, "live", null],
  [20, "paused", null],
  [99, "paused", null],
])("on day %i the programme is %s", (at, phase, testTag) => {
  const changes = [change(1, "testing", 1, "tester"), change(2, "live", 10), change(3, "paused", 20)];
  expect(phaseAt(changes, day(at))).toEqual({ phase, testTag });
  expect(phaseAt([...changes].reverse(), day(at))).toEqual({ phase, testTag });
});

test("of two decisions for one instant the later one holds, in whatever order they are read", () => {
  const changes = [change(1, "live", 5), change(2, "paused", 5)];
  expect(phaseAt(changes, day(5)).phase).toBe("paused");
  expect(phaseAt([...changes].reverse(), day(5)).phase).toBe("paused");
});

test("what was decided for later does not hold before, whenever it was decided", () => {
  expect(phaseAt([change(1, "live", 10), change(2, "testing", 3, "t")], day(9)).phase).toBe("testing");
  expect(phaseAt([change(1, "live", 10), change(2, "testing", 3, "t")], day(10)).phase).toBe("live");
});

test("before anything was decided a programme is off", () => {
  expect(phaseAt([], day(1))).toEqual({ phase: "off", testTag: null });
});

const versions = [
  { version: 1, effectiveFrom: new Date(0) },
  { version: 2, effectiveFrom: day(10) },
  { version: 3, effectiveFrom: day(10) },
  { version: 4, effectiveFrom: day(20) },
];
test.each([
  [9, 1],
  [10, 3],
  [19, 3],
  [20, 4],
])("an order of day %i is judged by version %i", (at, version) => {
  expect(versionAt(versions, day(at))?.version).toBe(version);
});

test("a version that waits for its day is overtaken by a newer one that begins before it", () => {
  const overtaken = [...versions, { version: 5, effectiveFrom: day(15) }];
  expect([9, 10, 14, 15, 20, 30].map((at) => versionAt(overtaken, day(at))?.version)).toEqual([1, 3, 3, 5, 5, 5]);
  expect(everInForce(overtaken).map((one) => one.version)).toEqual([1, 3, 5]);
  expect(everInForce(versions).map((one) => one.version)).toEqual([1, 3, 4]);
});

test("what has begun is not written over, also by a clock that went back", () => {
  const publishedAt = day(10);
  const all = versions.map((one) => ({ ...one, publishedAt }));
  expect(lastBeginning(all, day(12))).toEqual(day(10));
  expect(lastBeginning(all, day(3))).toEqual(day(10));
  expect(lastBeginning(all, day(25))).toEqual(day(20));
});

test("an order from before every version is judged by the first", () => {
  expect(versionAt(versions.slice(1), day(1))?.version).toBe(2);
  expect(versionAt([], day(1))).toBeUndefined();
});
