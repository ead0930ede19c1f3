import type { Admin } from "./admin.ts";

const membership = `#graphql
  query SegmentMembership($customerId: ID!, $segmentIds: [ID!]!) {
    customerSegmentMembership(customerId: $customerId, segmentIds: $segmentIds) { memberships { segmentId isMember } }
  }`;

const segments = `#graphql
  query Segments($after: String) {
    segments(first: 250, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } }
  }`;

export type Segment = { segmentGid: string; name: string };

const perCall = 100;

/** Which of these segments a customer belongs to at this moment. A segment that is gone has no members. */
export async function customerSegments(admin: Admin, customerGid: string, segmentIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let from = 0; from < segmentIds.length; from += perCall) {
    const { customerSegmentMembership: answer } = await admin.call<{
      customerSegmentMembership: { memberships: { segmentId: string; isMember: boolean }[] };
    }>(membership, { customerId: customerGid, segmentIds: segmentIds.slice(from, from + perCall) });
    found.push(...answer.memberships.filter((one) => one.isMember).map((one) => one.segmentId));
  }
  return found;
}

type Page = { nodes: { id: string; name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

/** The shop's segments, for those who choose among them. */
export async function segmentsOf(admin: Admin): Promise<Segment[]> {
  const all: Segment[] = [];
  for (let after: string | null = null; ; ) {
    const { segments: page }: { segments: Page } = await admin.call(segments, { after });
    all.push(...page.nodes.map(({ id, name }) => ({ segmentGid: id, name })));
    if (!page.pageInfo.hasNextPage) return all.sort((a, b) => (a.name < b.name ? -1 : 1));
    after = page.pageInfo.endCursor;
  }
}
