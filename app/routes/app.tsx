import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useRouteError } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { asMerchant } from "../context.server.ts";
import { currentProgramme } from "../db/programme.ts";
import { draftBar } from "../flows/programme/review-draft.ts";
import { appBridgeUrl } from "../frame.server.ts";
import { FailedPage } from "../ui/frame/failed-page.tsx";
import { Frame } from "../ui/frame/frame.tsx";
import { Polaris } from "../ui/frame/polaris.tsx";
import { en as t } from "../ui/texts/en.ts";

export { unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: t.app }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context, place, credentials } = await asMerchant(request);
  const { programme, draft } = await context.db.inProgramme(context.scope, async (tx) => {
    const programme = await currentProgramme(tx, context.now());
    return { programme, draft: programme ? await draftBar(tx) : null };
  });
  if (!programme) throw new Response(null, { status: 404 });
  const { currency, timeZone, definition } = programme;
  return {
    apiKey: credentials.apiKey,
    appBridgeUrl: appBridgeUrl(),
    shop: place.shop,
    draft,
    words: { currency, timeZone, pointsName: definition.points },
  };
}

export default function App() {
  return (
    <Polaris>
      <Frame />
    </Polaris>
  );
}

export function ErrorBoundary() {
  return (
    <Polaris>
      <FailedPage error={useRouteError()} />
    </Polaris>
  );
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
