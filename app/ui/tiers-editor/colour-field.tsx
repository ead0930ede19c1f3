import { TextField } from "@shopify/polaris";
import { editor } from "../texts/editor.ts";

type Props = { label: string; value: string; error?: string; onChange: (value: string) => void };

/** A colour, picked or typed. */
export function ColourField({ label, value, error, onChange }: Props) {
  return (
    <TextField
      label={label}
      value={value}
      error={error}
      onChange={onChange}
      autoComplete="off"
      connectedLeft={
        <input
          type="color"
          className="laurel-colour"
          aria-label={editor.tiers.pick(label.toLowerCase())}
          value={/^#[0-9a-f]{6}$/i.test(value) ? value : "#8a8a8a"}
          onChange={(event) => onChange(event.target.value)}
        />
      }
    />
  );
}
