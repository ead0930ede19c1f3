import { bringOpenLots, holdBooks, POINTS } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { personsOf } from "../../db/happenings.ts";
import { compiledVersion, currentProgramme, type Programme } from "../../db/programme.ts";
import { bringUpToDate } from "../../loyalty/ledger/redeem.ts";
import { type CertificateRule, certificateCause, certificateRules } from "../../loyalty/redeeming/certificate-rules.ts";
import { whyNotRedeem } from "../../loyalty/redeeming/may-redeem.ts";
import type { Context } from "../context.ts";
import { writeReservation } from "../redeeming/write-reservation.ts";
import { settleDueLots } from "../settling/settle-lots.ts";

const mostAtOnce = 50;

/**
 * Turns every so many of a unit into a certificate, while the member has as many. A certificate is a reward that
 * redeems itself: the points are set aside and a job makes its code. Each has its number, so that none is made twice.
 */
export async function issueCertificates(context: Context, memberId: string): Promise<number> {
  const { db, now } = context;
  return db.inProgramme({ ...context.scope, shopId: "*" }, async (tx) => {
    const programme = await currentProgramme(tx, now());
    if (!programme) throw new Error("There is no programme.");
    const rules = certificateRules(await compiledVersion(tx, programme.version), now());
    if (rules.length === 0) return 0;
    // The points stand for the member: nobody else spends anything of theirs meanwhile.
    const points = await holdBooks(tx, [memberId]);
    const person = (await personsOf(tx, [{ memberId, shopId: null }])).get(memberId);
    // Whoever has no account gets theirs when they have one.
    if (!person?.account) return 0;
    if (programme.definition.policies.excludeTag !== null && !person.account.tagsKnown) {
      await waitForTags(tx, memberId, person.account);
      return 0;
    }
    if (whyNotRedeem(programme, { state: person.state, tags: person.account.tags })) return 0;

    let made = 0;
    for (const rule of rules) {
      const books = rule.unit === POINTS ? points : await holdBooks(tx, [memberId], rule.unit);
      made += await issueBy(tx, context, { rule, programme, account: person.account, books, memberId });
    }
    context.passing("certificates are reserved, not committed");
    return made;
  });
}

type By = {
  rule: CertificateRule;
  programme: Programme;
  account: { shopId: string; customerGid: string };
  books: Awaited<ReturnType<typeof holdBooks>>;
  memberId: string;
};

async function issueBy(tx: Tx, context: Context, { rule, programme, account, books, memberId }: By): Promise<number> {
  const reward = programme.definition.rewards.find((one) => one.id === rule.rewardId && one.active);
  const book = books.get(memberId);
  if (!reward || !book) return 0;
  await bringOpenLots(tx, books, [memberId]);
  bringUpToDate(book, context.now());
  await settleDueLots(tx, book, context.now());

  const before = await numberOf(tx, memberId, rule.ruleId);
  let made = 0;
  while (book.balance.available >= rule.points) {
    if (made === mostAtOnce) {
      await tx.addJob("issue-certificates", { memberId }, { key: `issue-certificates ${memberId}` });
      break;
    }
    made += 1;
    await writeReservation(tx, context, {
      programme,
      reward,
      points: rule.points,
      ...account,
      requestId: certificateCause(rule.ruleId, memberId, before + made),
      book,
      why: "made when the points were reached",
    });
  }
  return made;
}

async function numberOf(tx: Tx, memberId: string, ruleId: string): Promise<number> {
  const row = await tx.one<{ made: number }>(
    "select count(*) as made from redemption where program_id = $1 and member_id = $2 and starts_with(request_id, $3)",
    [tx.scope.programId, memberId, `certificate ${ruleId} ${memberId} `],
  );
  return row?.made ?? 0;
}

async function waitForTags(tx: Tx, memberId: string, { shopId, customerGid }: { shopId: string; customerGid: string }): Promise<void> {
  await tx.addJob("fetch-tags", { shopId, customerGid }, { key: `fetch-tags ${shopId} ${customerGid}` });
  await tx.addJob("issue-certificates", { memberId }, { key: `issue-certificates ${memberId}`, runAt: new Date(Date.now() + 60_000) });
}
