import { rewardSentence } from "../../loyalty/card.ts";
import { type Reward, reward as rewardSchema } from "../../loyalty/program/definition.ts";
import { rewardKinds } from "../../loyalty/redeeming/rewards/index.ts";
import { faceValueOf } from "../../loyalty/redeeming/worth.ts";
import { type Draft, draftOf, readDraft } from "../form/draft.ts";
import { ItemForm } from "../items/item-form.tsx";
import { PreviewCard } from "../items/preview-card.tsx";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";

const unfilled: Draft = { id: "new", name: "", active: true, points: "", worth: { kind: rewardKinds[0].name } };

export function RewardForm({ reward, version }: { reward: Reward | null; version: number }) {
  const { currency } = useWords();
  return (
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
      preview={(draft) => <RewardPreview draft={draft} />}
    />
  );
}

function RewardPreview({ draft }: { draft: Draft }) {
  const { currency, say } = useWords();
  const { value } = readDraft(rewardSchema, { ...draft, name: draft.name || "-" }, currency);
  const lines: string[] = [];
  if (value) {
    const worth = faceValueOf(value);
    lines.push(`${rewardSentence(value, say)}.`);
    lines.push(worth === null ? say.points(value.points) : t.rewards.rate(say.points(value.points), say.money(worth)));
  }
  return <PreviewCard title={t.rewards.preview} name={String(draft.name ?? "")} lines={lines} incomplete={t.rewards.incomplete} />;
}
