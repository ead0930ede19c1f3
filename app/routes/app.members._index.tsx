import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { countMembers, readMembers } from "../db/read-members.ts";
import { MembersPage } from "../ui/members/members-page.tsx";
import { cursorText, readWish } from "../ui/members/read-wish.ts";
import { en as t } from "../ui/texts/en.ts";

export const meta: MetaFunction = () => [{ title: `${t.members.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const wish = readWish(new URL(request.url));
  return context.db.inProgramme(context.scope, async (tx) => {
    const { members, before, after } = await readMembers(tx, wish);
    return {
      members,
      before: cursorText(before),
      after: cursorText(after),
      count: wish.search ? null : await countMembers(tx),
      nameless: members.length > 0 && members.every((one) => !one.name && !one.email),
    };
  });
}

export default function Members() {
  return <MembersPage {...useLoaderData<typeof loader>()} />;
}
