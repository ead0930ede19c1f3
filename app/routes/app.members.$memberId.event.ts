import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { asMerchant } from "../context.server.ts";
import { eventsAsked, recordEvent } from "../flows/receiving/record-event.ts";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { events as t } from "../ui/texts/events.ts";

export { readOrNull as clientLoader, sendOrSayLost as clientAction } from "../ui/frame/lost.ts";

const wish = z.object({ name: z.string(), properties: z.string().max(5000), requestId: z.uuid() });

/** What staff can record of a member: the events that rules in force reward. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  return { events: await eventsAsked(context) };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const memberId = z.uuid().parse(params.memberId);
  return actAnswer(await recordEvent(context, { memberId, ...wish.parse(await request.json()) }), t.done);
}
