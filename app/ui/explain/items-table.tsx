import { Text } from "@shopify/polaris";
import type { ExplainedLine } from "../../loyalty/explain.ts";
import { explain as t } from "../texts/explain.ts";
import { number } from "../words.ts";

/** What of each item of an order counted, and the points that it gave. What each rule gave of it is told where at least so many did. */
export function ItemsTable({ label, lines, fewest }: { label: string; lines: readonly ExplainedLine[]; fewest: number }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="laurel-scroll" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.lines.item}</th>
            <th scope="col" className="laurel-end">
              {t.lines.counts}
            </th>
            <th scope="col" className="laurel-end">
              {t.lines.points}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an order may read the same, and none ever moves
            <tr key={at}>
              <td>
                {line.title}
                {line.why && ` (${line.why})`}
                {line.parts.length >= fewest && (
                  <Text as="p" variant="bodySm" tone="subdued">
                    {line.parts.join(" · ")}
                  </Text>
                )}
              </td>
              <td className="laurel-end">{line.counts}</td>
              <td className="laurel-end">{number(line.points)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
