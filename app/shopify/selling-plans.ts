import type { Admin } from "./admin.ts";

// A group holds at most 31 plans.
const groups = `#graphql
  query SellingPlans($after: String) {
    sellingPlanGroups(first: 50, after: $after) {
      nodes { name sellingPlans(first: 31) { nodes { id name } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export type SellingPlan = { sellingPlanGid: string; name: string };

type Page = {
  nodes: { name: string; sellingPlans: { nodes: { id: string; name: string }[] } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

/** The subscriptions and other plans by which the shop sells, each named with its group, for those who choose among them. */
export async function sellingPlansOf(admin: Admin): Promise<SellingPlan[]> {
  const all: SellingPlan[] = [];
  for (let after: string | null = null; ; ) {
    const { sellingPlanGroups: page }: { sellingPlanGroups: Page } = await admin.call(groups, { after });
    for (const group of page.nodes)
      all.push(...group.sellingPlans.nodes.map(({ id, name }) => ({ sellingPlanGid: id, name: `${group.name}: ${name}` })));
    if (!page.pageInfo.hasNextPage) return all.sort((a, b) => (a.name < b.name ? -1 : 1));
    after = page.pageInfo.endCursor;
  }
}
