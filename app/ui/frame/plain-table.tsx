import { BlockStack, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

/** `end`: numbers, at the end of their line. `whole`: such as days, which are not broken into lines. */
type Column = { title: string; end?: boolean; whole?: boolean };
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
                    <th key={column.title} scope="col" className={classOf(column)}>
                      {column.title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.key}>
                    {row.cells.map((cell, index) => (
                      <td key={columns[index]?.title} className={classOf(columns[index])}>
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

const classOf = (column: Column | undefined): string | undefined =>
  column?.end ? "laurel-end" : column?.whole ? "laurel-whole" : undefined;
