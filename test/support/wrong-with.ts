import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What is wrong with what is shown: WCAG 2.1 A and AA, and whether it is wider than the screen. */
export async function wrongWith(place: Page | Frame): Promise<string[]> {
  await place.addScriptTag({ path: axe });
  return place.evaluate(async () => {
    type Axe = {
      run: (what: Document, how: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
    };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(document, {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    });
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return [
      ...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`)),
      ...(wide > 0 ? [`${wide} pixels too wide`] : []),
    ];
  });
}
