import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { asMerchant } from "../context.server.ts";
import { decideTier } from "../flows/tiers/decide-tier.ts";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { tiers as t } from "../ui/texts/tiers.ts";

export { sendOrSayLost as clientAction } from "../ui/frame/lost.ts";

const wish = z.object({ kind: z.enum(["hold", "release"]), tierId: z.string(), until: z.string().max(10).nullable(), reason: z.string() });

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const memberId = z.uuid().parse(params.memberId);
  const asked = wish.parse(await request.json());
  return actAnswer(await decideTier(context, { memberId, ...asked }), asked.kind === "hold" ? t.dialog.done : t.releaseDialog.done);
}
