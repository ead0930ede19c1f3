import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from "@shopify/polaris-icons";
import { Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { editor } from "../texts/editor.ts";
import { useKeys } from "./use-keys.ts";

const fields = "input, select, textarea, button";

type Props<Item> = {
  items: readonly Item[];
  /** What a screen reader calls one of them. */
  nameOf: (item: Item, index: number) => string;
  onChange: (items: Item[]) => void;
  children: (item: Item, change: (item: Item) => void, index: number) => ReactNode;
  /** A word between one and the next: and, or. */
  between?: string;
  movable?: boolean;
  /** Stands at the end; adds one. */
  add?: ReactNode;
};

/**
 * A list that is edited in place. What was removed leaves a word behind with the way back, so that no slip of the
 * hand costs more than one press.
 */
export function EditableList<Item>({ items, nameOf, onChange, children, between, movable, add }: Props<Item>) {
  const [removed, setRemoved] = useState<{ item: Item; at: number; name: string; left: number }>();
  const [said, setSaid] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const focusNext = useRef<string>(undefined);
  const askedToAdd = useRef<number>(undefined);
  const keys = useKeys(items.length);
  // Whoever discarded all changes has it back already.
  const gone = removed?.left === items.length ? removed : undefined;

  // Whoever adds one goes on in it.
  useEffect(() => {
    if (askedToAdd.current === undefined || items.length <= askedToAdd.current) return;
    askedToAdd.current = undefined;
    list.current?.querySelector<HTMLElement>(`:scope > [data-at="${items.length - 1}"] > .laurel-item-body :is(${fields})`)?.focus();
  });
  useEffect(() => {
    const wanted = focusNext.current;
    focusNext.current = undefined;
    if (wanted) list.current?.querySelector<HTMLElement>(`:scope > ${wanted}`)?.focus();
  });

  const put = (item: Item, index: number) => onChange(items.map((one, at) => (at === index ? item : one)));
  const remove = (index: number) => {
    const item = items[index] as Item;
    setRemoved({ item, at: index, name: nameOf(item, index), left: items.length - 1 });
    focusNext.current = "[data-gone] button";
    keys.remove(index);
    onChange(items.filter((_, at) => at !== index));
  };
  const undo = () => {
    if (!gone) return;
    setRemoved(undefined);
    focusNext.current = `[data-at="${gone.at}"] > .laurel-item-acts [data-remove] button`;
    keys.insert(gone.at);
    onChange([...items.slice(0, gone.at), gone.item, ...items.slice(gone.at)]);
  };
  const move = (index: number, by: -1 | 1) => {
    const to = index + by;
    const order = [...items];
    const [one] = order.splice(index, 1);
    order.splice(to, 0, one as Item);
    setRemoved(undefined);
    setSaid(editor.fields.moved(nameOf(one as Item, to), to + 1, items.length));
    const goesOn = to + by >= 0 && to + by < items.length;
    focusNext.current = `[data-at="${to}"] > .laurel-item-acts [data-move="${goesOn ? by : -by}"] button`;
    keys.move(index, to);
    onChange(order);
  };

  const wordAt = (at: number) =>
    gone?.at === at && (
      <li data-gone="" className="laurel-gone">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" tone="subdued">
            {editor.fields.removed(gone.name)}
          </Text>
          <Button variant="plain" onClick={undo}>
            {editor.fields.undo}
          </Button>
        </InlineStack>
      </li>
    );

  return (
    <BlockStack gap="200">
      <span className="laurel-unseen" role="status">
        {gone ? editor.fields.removed(gone.name) : said}
      </span>
      {(items.length > 0 || gone) && (
        <ul ref={list} className="laurel-list">
          {items.map((item, index) => (
            <Fragment key={keys.at(index)}>
              {wordAt(index)}
              {between && index > 0 && (
                <li aria-hidden="true" className="laurel-between">
                  {between}
                </li>
              )}
              <li data-at={index} className="laurel-item">
                <div className="laurel-item-body">{children(item, (next) => put(next, index), index)}</div>
                <Acts
                  name={nameOf(item, index)}
                  move={movable ? (by) => move(index, by) : undefined}
                  isFirst={index === 0}
                  isLast={index === items.length - 1}
                  remove={() => remove(index)}
                />
              </li>
            </Fragment>
          ))}
          {wordAt(items.length)}
        </ul>
      )}
      {add && (
        <div
          onClickCapture={() => {
            askedToAdd.current = items.length;
          }}
        >
          {add}
        </div>
      )}
    </BlockStack>
  );
}

type ActsProps = { name: string; move?: (by: -1 | 1) => void; isFirst: boolean; isLast: boolean; remove: () => void };

function Acts({ name, move, isFirst, isLast, remove }: ActsProps) {
  const words = editor.fields;
  return (
    <div className="laurel-item-acts">
      {move && (
        <>
          <span data-move={-1}>
            <Button icon={ArrowUpIcon} variant="tertiary" accessibilityLabel={words.up(name)} disabled={isFirst} onClick={() => move(-1)} />
          </span>
          <span data-move={1}>
            <Button
              icon={ArrowDownIcon}
              variant="tertiary"
              accessibilityLabel={words.down(name)}
              disabled={isLast}
              onClick={() => move(1)}
            />
          </span>
        </>
      )}
      <span data-remove="">
        <Button icon={DeleteIcon} variant="tertiary" accessibilityLabel={words.remove(name)} onClick={remove} />
      </span>
    </div>
  );
}
