import type { CompiledProgramme } from "../earning/evaluate.ts";
import type { Minor } from "../money.ts";
import type { Points } from "../points.ts";
import { faceValueOf } from "../redeeming/worth.ts";
import type { MadeCertificate } from "./lives.ts";
import { merged } from "./merged.ts";
import type { TierGiven } from "./tier-reviews.ts";

/** Certificates that one rule made of one reward. */
export type CertificateTally = {
  ruleId: string;
  name: string;
  rewardId: string;
  unit: string;
  made: number;
  /** Of the unit, that became them. */
  points: Points;
  /** At face value; nothing where the reward says none. */
  face: Minor;
  /** Those that can still be used at the end. */
  open: number;
  openFace: Minor;
};

/** What a tier gave on entry or for its periods: of a unit so many points, or so many times a reward. */
export type TierGiftTally = {
  tierId: string;
  on: TierGiven["on"];
  kind: "points" | "reward";
  what: string;
  times: number;
  points: Points;
};

/** What was given beside what occasions earned. */
export type Beside = { certificates: Omit<CertificateTally, "name">[]; tierGifts: TierGiftTally[] };

export function openBeside() {
  const certificates = new Map<string, Beside["certificates"][number]>();
  const tierGifts = new Map<string, TierGiftTally>();

  return {
    certificate({ rule: { ruleId, rewardId, unit, points }, reward, isOpen }: MadeCertificate, counts: boolean): void {
      const key = certificateKey({ ruleId, rewardId, unit });
      const sum = certificates.get(key) ?? { ruleId, rewardId, unit, made: 0, points: 0, face: 0, open: 0, openFace: 0 };
      certificates.set(key, sum);
      const face = faceValueOf(reward) ?? 0;
      if (counts) {
        sum.made += 1;
        sum.points += points;
        sum.face += face;
      }
      if (!isOpen) return;
      sum.open += 1;
      sum.openFace += face;
    },
    gift({ tierId, on, gift }: TierGiven): void {
      const one = { tierId, on, kind: gift.kind, what: gift.kind === "points" ? gift.unit : gift.reward, times: 0, points: 0 };
      const sum = tierGifts.get(giftKey(one)) ?? one;
      tierGifts.set(giftKey(one), sum);
      sum.times += 1;
      if (gift.kind === "points") sum.points += gift.points;
    },
    sums: (): Beside => ({ certificates: [...certificates.values()], tierGifts: [...tierGifts.values()] }),
  };
}

export const mergeBeside = (parts: readonly Beside[]): Beside => ({
  certificates: merged(
    parts.map((one) => one.certificates),
    certificateKey,
    (sum, one) => {
      sum.made += one.made;
      sum.points += one.points;
      sum.face += one.face;
      sum.open += one.open;
      sum.openFace += one.openFace;
    },
  ),
  tierGifts: merged(
    parts.map((one) => one.tierGifts),
    giftKey,
    (sum, one) => {
      sum.times += one.times;
      sum.points += one.points;
    },
  ),
});

/** The sums with their names, sorted. A rule that was renamed has the name that it had last. */
export function tellBeside({ certificates, tierGifts }: Beside, programmes: readonly CompiledProgramme[]) {
  const names = new Map(programmes.flatMap(({ definition }) => definition.earning.map((rule) => [rule.id, rule.name])));
  const sorted = <T>(all: readonly T[], keyOf: (one: T) => string): T[] => [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return {
    certificates: sorted(certificates, certificateKey).map(
      ({ ruleId, ...sums }): CertificateTally => ({ ruleId, name: names.get(ruleId) ?? ruleId, ...sums }),
    ),
    tierGifts: sorted(tierGifts, giftKey),
  };
}

const certificateKey = ({ ruleId, rewardId, unit }: Pick<CertificateTally, "ruleId" | "rewardId" | "unit">): string =>
  `${ruleId} ${rewardId} ${unit}`;
const giftKey = ({ tierId, on, kind, what }: Pick<TierGiftTally, "tierId" | "on" | "kind" | "what">): string =>
  `${tierId} ${on} ${kind} ${what}`;
