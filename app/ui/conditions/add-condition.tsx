import { Button, Combobox, Listbox } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { editor } from "../texts/editor.ts";
import { kindsFor } from "./condition-draft.ts";

const words = editor.conditions;

/** A button that becomes a search through every condition, by what they are about. */
export function AddCondition({ trigger, onAdd }: { trigger: string | null; onAdd: (name: string) => void }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const was = useRef(false);

  useEffect(() => {
    if (open !== was.current) box.current?.querySelector<HTMLElement>(open ? "input" : "button")?.focus();
    was.current = open;
  }, [open]);

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
          {groups.length === 0 && <Listbox.Header>{words.nothing}</Listbox.Header>}
        </Listbox>
      </Combobox>
    </div>
  );
}
