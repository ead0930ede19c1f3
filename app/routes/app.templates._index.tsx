import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { templates } from "../loyalty/program/templates/index.ts";
import { GalleryPage } from "../ui/templates/gallery-page.tsx";
import { en } from "../ui/texts/en.ts";
import { templates as t } from "../ui/texts/templates.ts";

export const meta: MetaFunction = () => [{ title: `${t.title} · ${en.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  await asMerchant(request);
  return { cards: templates.map(({ id, name, summary, goodFor, objectives }) => ({ id, name, summary, goodFor, objectives })) };
}

export default function Templates() {
  return <GalleryPage {...useLoaderData<typeof loader>()} />;
}
