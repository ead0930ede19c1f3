import { Button, Combobox, Listbox } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { editor } from "../texts/editor.ts";
import { kindsFor } from "./condition-draft.ts";

const words = editor.conditions;
const everything = "\u0000";

/** A button that becomes a search through every condition, by what they are about. */
export function AddCondition({ trigger, onAdd }: { trigger: string | null; onAdd: (name: string) => void }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [looks, setLooks] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const was = useRef(false);

  useEffect(() => {
    if (open !== was.current) box.current?.querySelector<HTMLElement>(open ? "input" : "button")?.focus();
    was.current = open;
  }, [open]);

  // After a search that found nothing: the list closes with what is chosen in it, and opens anew with its field.
  const lookAgain = () => {
    setTyped("");
    setLooks(looks + 1);
  };
  useEffect(() => {
    if (looks > 0) box.current?.querySelector<HTMLElement>("input")?.focus();
  }, [looks]);

  const close = () => {
    setOpen(false);
    setTyped("");
  };
  if (!open)
    return (
      <div ref={box}>
        <Button icon={PlusIcon} onClick={() => setOpen(true)}>
          {words.add}
        </Button>
      </div>
    );

  const sought = typed.trim().toLowerCase();
  const groups = kindsFor(trigger)
    .map(({ about, kinds }) => ({
      title: words.about[about],
      kinds: kinds.filter((one) => `${one.label} ${words.about[about]}`.toLowerCase().includes(sought)),
    }))
    .filter(({ kinds }) => kinds.length > 0);
  const leaveByKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from the field within
    <div ref={box} className="laurel-search" onKeyDown={leaveByKey}>
      <Combobox
        key={looks}
        activator={
          <Combobox.TextField
            label={words.search}
            labelHidden
            value={typed}
            onChange={setTyped}
            placeholder={words.search}
            autoComplete="off"
            connectedRight={<Button onClick={close}>{words.cancel}</Button>}
          />
        }
      >
        <Listbox
          onSelect={(name) => {
            if (name === everything) return lookAgain();
            // The field of the new condition takes the focus, not this button.
            was.current = false;
            close();
            onAdd(name);
          }}
        >
          {groups.map(({ title, kinds }) => (
            <Listbox.Section key={title} title={<Listbox.Header>{title}</Listbox.Header>} divider={false}>
              {kinds.map((one) => (
                <Listbox.Option key={one.name} value={one.name}>
                  {one.label}
                </Listbox.Option>
              ))}
            </Listbox.Section>
          ))}
          {groups.length === 0 && (
            <Listbox.Section title={<Listbox.Header>{words.nothing}</Listbox.Header>} divider={false}>
              <Listbox.Action value={everything}>{words.all}</Listbox.Action>
            </Listbox.Section>
          )}
        </Listbox>
      </Combobox>
    </div>
  );
}
