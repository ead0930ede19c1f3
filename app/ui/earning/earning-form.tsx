import { earningSentence } from "../../loyalty/card.ts";
import { awardKinds } from "../../loyalty/earning/awards/index.ts";
import { compile } from "../../loyalty/earning/evaluate.ts";
import { exampleOrder } from "../../loyalty/earning/example-order.ts";
import { exponentOf } from "../../loyalty/money.ts";
import { type EarningRule, earningRule, simplePoints } from "../../loyalty/program/definition.ts";
import { type Draft, draftOf, readDraft } from "../form/draft.ts";
import { ItemForm } from "../items/item-form.tsx";
import { PreviewCard } from "../items/preview-card.tsx";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";

type Props = { rule: EarningRule | null; version: number };

const unfilled: Draft = { id: "new", name: "", active: true, award: { kind: awardKinds[0].name }, minimum: "" };

export function EarningForm({ rule, version }: Props) {
  const { currency } = useWords();
  return (
    <ItemForm
      title={rule ? rule.name : t.earning.newTitle}
      back="/app/earning"
      words={t.earning}
      schema={earningRule}
      part="award"
      kinds={awardKinds}
      saved={rule ? draftOf(earningRule, rule, currency) : unfilled}
      basedOn={version}
      isNew={rule === null}
      preview={(draft) => <EarningPreview draft={draft} />}
    />
  );
}

// The example is calculated by the same function that gives the points.
function EarningPreview({ draft }: { draft: Draft }) {
  const { currency, say } = useWords();
  const { value } = readDraft(earningRule, { ...draft, name: draft.name || "-" }, currency);
  const example = 50 * 10 ** exponentOf(currency);
  const lines: string[] = [];
  if (value) {
    const below = value.minimum !== null && example < value.minimum;
    const { order, at } = exampleOrder({ items: [{ title: "", price: example, quantity: 1 }], at: 0 }, {}, { currency });
    const points = compile(0, { ...simplePoints(100), earning: [value] }, { currency }).judge(order, at).due;
    lines.push(`${earningSentence(value, say)}.`);
    lines.push(below ? t.earning.exampleNone(say.money(example)) : t.earning.example(say.money(example), say.points(points)));
  }
  return <PreviewCard title={t.earning.preview} name={String(draft.name ?? "")} lines={lines} incomplete={t.earning.incomplete} />;
}
