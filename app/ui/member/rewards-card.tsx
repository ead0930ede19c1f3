import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { en as t } from "../texts/en.ts";
import { useDates, useWords } from "../words.ts";
import { ReleaseDialog } from "./release-dialog.tsx";

export type MemberReward = {
  redemptionId: string;
  name: string;
  points: number;
  charged: number;
  state: string;
  code: string;
  reservedAt: string;
  expiresAt: string;
  givenMinor: number | null;
};

const tones: Record<string, "success" | "info" | "attention" | "critical" | undefined> = {
  used: "success",
  issued: "info",
  releasing: "attention",
  refused: "critical",
};

/** The rewards a member has chosen, and how far each has come. */
export function RewardsCard({ rewards }: { rewards: MemberReward[] }) {
  const [asked, setAsked] = useState<MemberReward | null>(null);
  const words = t.member.rewards;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {words.title}
        </Text>
        {rewards.length === 0 && (
          <Text as="p" tone="subdued">
            {words.none}
          </Text>
        )}
        <ul className="laurel-rows">
          {rewards.map((reward) => (
            <li key={reward.redemptionId}>
              <RewardLine reward={reward} onRelease={() => setAsked(reward)} />
            </li>
          ))}
        </ul>
      </BlockStack>
      <ReleaseDialog reward={asked} onClose={() => setAsked(null)} />
    </Card>
  );
}

function RewardLine({ reward, onRelease }: { reward: MemberReward; onRelease: () => void }) {
  const { day, lastDay } = useDates();
  const { say } = useWords();
  const words = t.member.rewards;
  const unused = reward.state === "issued" || reward.state === "reserved";
  const under = [
    reward.points === 0 ? words.free : say.points(reward.state === "used" ? reward.charged : reward.points),
    reward.state === "issued" && words.until(lastDay(reward.expiresAt)),
    reward.state === "used" && reward.givenMinor !== null && words.given(say.money(reward.givenMinor)),
    words.from(day(reward.reservedAt)),
  ].filter(Boolean);
  return (
    <BlockStack gap="100" inlineAlign="start">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" fontWeight="semibold">
          {reward.name}
        </Text>
        <Badge tone={tones[reward.state]}>{words.states[reward.state] ?? reward.state}</Badge>
      </InlineStack>
      <Text as="p" variant="bodySm">
        <code className="laurel-wrap">{reward.code}</code>
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {under.join(" · ")}
      </Text>
      {unused && (
        <Button variant="plain" onClick={onRelease} accessibilityLabel={`${words.release}: ${reward.name}, ${reward.code}`}>
          {words.release}
        </Button>
      )}
    </BlockStack>
  );
}
