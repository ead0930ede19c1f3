import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { asMerchant } from "../context.server.ts";
import { programmeNow } from "../db/programme-now.ts";
import { readMember, readRedemptions } from "../db/read-member.ts";
import { readMemberTier } from "../db/read-tier.ts";
import { readExplained } from "../flows/explaining/read-explained.ts";
import { adjustPoints } from "../flows/members/adjust-points.ts";
import { decideMemberState } from "../flows/members/decide-member-state.ts";
import { releaseReward } from "../flows/redeeming/release-reward.ts";
import { isRefusal } from "../loyalty/refusal.ts";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { MemberPage } from "../ui/member/member-page.tsx";
import { memberAct, stateAfter, typedPoints } from "../ui/member/read-act.ts";
import { statementLines } from "../ui/member/statement-lines.ts";
import { tierLines } from "../ui/member/tier-lines.ts";
import { en as t } from "../ui/texts/en.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.member.about} · ${t.app}` }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context, place } = await asMerchant(request);
  const memberId = z.uuid().safeParse(params.memberId);
  const before = z.uuid().safeParse(new URL(request.url).searchParams.get("before"));
  if (!memberId.success) throw new Response(null, { status: 404 });
  const { rows, older } = await readExplained(context, { memberId: memberId.data, before: before.data ?? null, size: 25 });
  return context.db.inProgramme(context.scope, async (tx) => {
    const file = await readMember(tx, memberId.data);
    if (!file) throw new Response(null, { status: 404 });
    const { balance, expiring, ...member } = file;
    const programme = await programmeNow(tx, context.now());
    return {
      member,
      balance: { ...balance, expiring },
      statement: { rows: statementLines(rows, programme), older, newest: !before.success },
      rewards: (await readRedemptions(tx, file.memberId)).map(({ reward, ...one }) => ({ ...one, name: reward.name })),
      tier: tierLines(await readMemberTier(tx, file.memberId, context.now()), programme),
      shop: place.shop,
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const [act, memberId] = [memberAct.parse(await request.json()), z.uuid().parse(params.memberId)];
  if (act.what === "adjust") {
    const points = typedPoints(act);
    return actAnswer(isRefusal(points) ? points : await adjustPoints(context, { ...act, memberId, points }), t.member.adjust.done);
  }
  const { rewards, state } = t.member;
  if (act.what === "release") return actAnswer(await releaseReward(context, { ...act, by: "staff" }), rewards.released);
  return actAnswer(await decideMemberState(context, { memberId, state: stateAfter[act.what], reason: act.reason }), state.changed);
}

export default function Member() {
  return <MemberPage {...useLoaderData<typeof loader>()} />;
}
