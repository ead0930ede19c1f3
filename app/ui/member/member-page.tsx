import { BlockStack, Layout, Page } from "@shopify/polaris";
import { useState } from "react";
import { StateBadge } from "../members/members-page.tsx";
import { en as t } from "../texts/en.ts";
import { events } from "../texts/events.ts";
import { nameOf } from "../words.ts";
import { type About, AboutCard } from "./about-card.tsx";
import { AdjustDialog } from "./adjust-dialog.tsx";
import { BalanceCard, type BalanceNow } from "./balance-card.tsx";
import { type BesidePoints, BesidePointsCard } from "./beside-points-card.tsx";
import { EventDialog } from "./event-dialog.tsx";
import { type MemberReward, RewardsCard } from "./rewards-card.tsx";
import { everyStateChange, type StateChange, StateDialog, stateChanges } from "./state-dialog.tsx";
import { StatementCard, type StatementLine } from "./statement-card.tsx";
import { TierCard } from "./tier-card.tsx";
import type { TierNow } from "./tier-lines.ts";

export type MemberPageProps = {
  member: About & BesidePoints & { state: string };
  balance: BalanceNow;
  statement: { rows: StatementLine[]; older: string | null; newest: boolean };
  rewards: MemberReward[];
  tier: TierNow | null;
  shop: string;
};

/** One member: what they have, why, and what staff may do about it. */
export function MemberPage({ member, balance, statement, rewards, tier, shop }: MemberPageProps) {
  const [dialog, setDialog] = useState<"adjust" | "event" | StateChange | null>(null);
  const close = () => setDialog(null);
  return (
    <Page
      title={nameOf({ ...member, customerGid: member.customers[0]?.customerGid ?? null })}
      titleMetadata={<StateBadge state={member.state} />}
      backAction={{ content: t.members.title, url: "/app/members" }}
      primaryAction={member.state === "merged" ? undefined : { content: t.member.adjust.action, onAction: () => setDialog("adjust") }}
      secondaryActions={[
        ...(member.state === "active" ? [{ content: events.action, onAction: () => setDialog("event") }] : []),
        ...stateChanges(member.state).map((change) => ({
          content: t.member.state[change],
          destructive: change === "block",
          onAction: () => setDialog(change),
        })),
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <BalanceCard balance={balance} />
            <BesidePointsCard {...member} />
            <StatementCard statement={statement} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <AboutCard member={member} shop={shop} />
            {tier && <TierCard now={tier} />}
            <RewardsCard rewards={rewards} />
          </BlockStack>
        </Layout.Section>
      </Layout>
      <AdjustDialog open={dialog === "adjust"} onClose={close} />
      <EventDialog open={dialog === "event"} onClose={close} />
      {/* Also those that cannot be asked for now: the one that has just been answered must live to say so. */}
      {everyStateChange.map((change) => (
        <StateDialog key={change} change={change} open={dialog === change} onClose={close} />
      ))}
    </Page>
  );
}
