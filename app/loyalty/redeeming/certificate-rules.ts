import type { Certificate } from "../earning/award-kind.ts";
import type { CompiledProgramme } from "../earning/evaluate.ts";
import { localText } from "../local-text.ts";

/** A rule that makes certificates, as it is in force at an instant. */
export type CertificateRule = Certificate & { ruleId: string };

export function certificateRules({ rules, timeZone }: Pick<CompiledProgramme, "rules" | "timeZone">, now: Date): CertificateRule[] {
  if (!rules.some((one) => one.certificate !== null)) return [];
  const text = localText(now, timeZone);
  return rules.flatMap(({ rule, certificate }) => {
    const { from, until } = rule.runs;
    const runs = (from === null || text >= from) && (until === null || text < until);
    return certificate && runs ? [{ ...certificate, ruleId: rule.id }] : [];
  });
}

/** What makes a certificate, for ever: the how manieth of a rule it is for a member. */
export const certificateCause = (ruleId: string, memberId: string, number: number): string => `certificate ${ruleId} ${memberId} ${number}`;
