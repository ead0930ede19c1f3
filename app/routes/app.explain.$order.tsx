import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { readVersions } from "../db/read-versions.ts";
import { explainOrder } from "../flows/explaining/explain-order.ts";
import { judgeBy } from "../ui/explain/judge-by.ts";
import { OrderPage } from "../ui/explain/order-page.tsx";
import { segmentsNamed, sideTold, tierNamed } from "../ui/explain/order-told.ts";
import { explain as t } from "../ui/texts/explain.ts";

export const meta: MetaFunction = () => [{ title: `${t.title} · Laurel` }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const by = judgeBy(new URL(request.url).searchParams.get("by"));
  const number = params.order ?? "";
  const found =
    by && /^\d{1,20}$/.test(number) ? await explainOrder(context, { orderGid: `gid://shopify/Order/${number}`, by }) : undefined;
  if (!found) throw new Response(null, { status: 404 });
  const { order, recorded, chosen, problems, own, known } = found;
  return context.db.inProgramme(context.scope, async (tx) => {
    const { currency, draft, definition } = await workingProgramme(tx);
    const versions = (await readVersions(tx, { below: null, limit: 500 })).map(({ version, note }) => ({ version, note }));
    // What it was called on its day comes first.
    const judged = [recorded, chosen].flatMap((side) => side?.definition ?? []);
    return {
      order,
      recorded: recorded && { ...sideTold(recorded, currency), at: recorded.at.toISOString(), checked: recorded.checked },
      chosen: chosen && sideTold(chosen, currency, judged),
      problems,
      by: String(by),
      own,
      choices: { hasDraft: draft !== null, versions },
      known: {
        ...known,
        segments: segmentsNamed(known.segments, judged),
        tier: tierNamed(known.tierId, [...judged, definition]),
      },
    };
  });
}

export default function Order() {
  return <OrderPage {...useLoaderData<typeof loader>()} />;
}
