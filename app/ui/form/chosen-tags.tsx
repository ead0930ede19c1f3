import { Tag } from "@shopify/polaris";
import type { Draft } from "./draft.ts";

type Props = { chosen: readonly Draft[]; titleOf: (one: Draft) => string; onChange: (chosen: Draft[]) => void };

/** What was chosen of the shop's own things, each with its name, to be taken out again. */
export const ChosenTags = ({ chosen, titleOf, onChange }: Props) =>
  chosen.map((one) => (
    <Tag key={String(one.gid)} onRemove={() => onChange(chosen.filter((other) => other.gid !== one.gid))}>
      {titleOf(one)}
    </Tag>
  ));
