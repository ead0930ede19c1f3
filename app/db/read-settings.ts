import type { Tx } from "./database.ts";

export type PrivacyRequest = { requestId: string; kind: string; customerGid: string; askedAt: Date; answeredAt: Date | null };

export async function readPrivacyRequests(tx: Tx): Promise<PrivacyRequest[]> {
  return tx.rows<PrivacyRequest>(
    `select request_id as "requestId", kind, customer_gid as "customerGid", asked_at as "askedAt", answered_at as "answeredAt"
     from data_request where program_id = $1 order by asked_at desc limit 100`,
    [tx.scope.programId],
  );
}

/** What Laurel holds of the customer who asked; undefined until it has been gathered. */
export async function readPrivacyAnswer(tx: Tx, requestId: string): Promise<{ customerGid: string; answer: object } | undefined> {
  return tx.one<{ customerGid: string; answer: object }>(
    `select customer_gid as "customerGid", answer from data_request where program_id = $1 and request_id = $2 and answer is not null`,
    [tx.scope.programId, requestId],
  );
}
