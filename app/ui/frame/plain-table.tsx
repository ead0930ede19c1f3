import { BlockStack, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

type Column = { title: string; end?: boolean };
type Row = { key: string; cells: ReactNode[] };

/** A table that is read and not worked with. On a narrow screen it scrolls in itself, the page does not. */
export function PlainTable({
  title,
  text,
  columns,
  rows,
  none,
}: {
  title: string;
  text?: string;
  columns: Column[];
  rows: Row[];
  none?: string;
}) {
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          {text && (
            <Text as="p" tone="subdued">
              {text}
            </Text>
          )}
        </BlockStack>
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            {none}
          </Text>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          <section className="laurel-scroll" tabIndex={0} aria-label={title}>
            <table>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column.title} scope="col" className={column.end ? "laurel-end" : undefined}>
                      {column.title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.key}>
                    {row.cells.map((cell, index) => (
                      <td key={columns[index]?.title} className={columns[index]?.end ? "laurel-end" : undefined}>
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </BlockStack>
    </Card>
  );
}
