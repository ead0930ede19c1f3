import type { Certificate } from "../earning/award-kind.ts";
import type { CompiledProgramme } from "../earning/evaluate.ts";
import { localText } from "../local-text.ts";

/** A rule that makes certificates, as it is in force at an instant. */
export type CertificateRule = Certificate & { ruleId: string };

export function certificateRules({ rules, timeZone }: Pick<CompiledProgramme, "rules" | "timeZone">, now: Date): CertificateRule[] {
  let text: string | undefined;
  return rules.flatMap(({ rule, certificate }) => {
    if (!certificate) return [];
    const { from, until } = rule.runs;
    if (from !== null || until !== null) text ??= localText(now, timeZone);
    const runs = text === undefined || ((from === null || text >= from) && (until === null || text < until));
    return runs ? [{ ...certificate, ruleId: rule.id }] : [];
  });
}

/** What makes a certificate, for ever: the how manieth of a rule it is for a member. */
export const certificateCause = (ruleId: string, memberId: string, number: number): string => `certificate ${ruleId} ${memberId} ${number}`;

export const isCertificateCause = (cause: string): boolean => cause.startsWith("certificate ");
