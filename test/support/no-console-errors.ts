import { afterEach, beforeEach, expect, vi } from "vitest";

// A console.error is a defect that nobody looked at.
let spy: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  spy = vi.spyOn(console, "error");
});

afterEach(() => {
  const said = spy.mock.calls.map((call: unknown[]) => call.join(" "));
  spy.mockRestore();
  expect(said, "console.error was called").toEqual([]);
});
