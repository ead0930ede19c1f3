import { ChoiceList } from "@shopify/polaris";
import { en as t } from "../texts/en.ts";

type Props = { words: { status: string; statusHelp: string }; active: boolean; onChange: (active: boolean) => void };

/** Whether a rule, boost or reward counts at all. */
export function StatusField({ words, active, onChange }: Props) {
  return (
    <ChoiceList
      title={words.status}
      choices={[
        { value: "on", label: t.earning.on },
        { value: "off", label: t.earning.off, helpText: words.statusHelp },
      ]}
      selected={[active ? "on" : "off"]}
      onChange={([choice]) => onChange(choice === "on")}
    />
  );
}
