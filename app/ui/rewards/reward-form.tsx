import { rewardSentence } from "../../loyalty/card.ts";
import { type Definition, type Reward, reward as rewardSchema } from "../../loyalty/program/definition.ts";
import { rewardKinds } from "../../loyalty/redeeming/rewards/index.ts";
import { faceValueOf } from "../../loyalty/redeeming/worth.ts";
import { type Draft, draftOf, readDraft } from "../form/draft.ts";
import { ThingsOf } from "../form/things.tsx";
import { useSay } from "../form/use-say.ts";
import { ItemForm } from "../items/item-form.tsx";
import { PreviewCard } from "../items/preview-card.tsx";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";

export type RewardProps = { found: Reward | null; version: number; definition: Definition };

export function RewardForm({ found: reward, version, definition }: RewardProps) {
  const { currency } = useWords();
  const unfilled = { ...draftOf(rewardSchema, { active: true, worth: { kind: rewardKinds[0].name } }, currency), id: "new" };
  return (
    <ThingsOf definition={definition}>
      <ItemForm
        title={reward ? reward.name : t.rewards.newTitle}
        back="/app/rewards"
        words={t.rewards}
        schema={rewardSchema}
        part="worth"
        kinds={rewardKinds}
        saved={reward ? draftOf(rewardSchema, reward, currency) : unfilled}
        basedOn={version}
        isNew={reward === null}
        preview={(draft) => <RewardPreview draft={draft} definition={definition} />}
      />
    </ThingsOf>
  );
}

function RewardPreview({ draft, definition }: { draft: Draft; definition: Definition }) {
  const { currency } = useWords();
  const say = useSay(definition);
  const { value } = readDraft(rewardSchema, { ...draft, name: draft.name || "-" }, currency);
  const lines: string[] = [];
  if (value) {
    const worth = faceValueOf(value);
    lines.push(`${rewardSentence(value, say)}.`);
    if (!value.offered) lines.push(t.rewards.onlyGiven);
    else
      lines.push(
        worth === null ? say.amount(value.points, value.unit) : t.rewards.rate(say.amount(value.points, value.unit), say.money(worth)),
      );
  }
  return <PreviewCard title={t.rewards.preview} name={String(draft.name ?? "")} lines={lines} incomplete={t.rewards.incomplete} />;
}
