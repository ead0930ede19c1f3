/**
 * Whether a programme gives points. off: not begun. testing: only customers with the test tag. live: everybody.
 * paused: nobody, while another app still does.
 */
export const phases = ["off", "testing", "live", "paused"] as const;
export type Phase = (typeof phases)[number];

export type PhaseChange = { seq: number; phase: Phase; from: Date; testTag: string | null };

/** The phase in force at an instant: the latest that had begun; of two that begin together, the later decision. */
export function phaseAt(changes: readonly PhaseChange[], instant: Date): { phase: Phase; testTag: string | null } {
  let found: PhaseChange | undefined;
  for (const change of changes) {
    if (change.from > instant) continue;
    if (!found || change.from > found.from || (change.from.getTime() === found.from.getTime() && change.seq > found.seq)) found = change;
  }
  return found ? { phase: found.phase, testTag: found.testTag } : { phase: "off", testTag: null };
}

/**
 * The latest beginning of a version that has begun: no new one begins before it. A clock that went back is told by the
 * versions how late it has been already.
 */
export function lastBeginning(versions: readonly { effectiveFrom: Date; publishedAt: Date }[], now: Date): Date {
  const known = Math.max(now.getTime(), ...versions.map((one) => one.publishedAt.getTime()));
  return new Date(Math.max(0, ...versions.map((one) => one.effectiveFrom.getTime()).filter((from) => from <= known)));
}

/**
 * The versions that come into force at some time: not those that a newer one overtook before they began.
 * @param versions the newest last
 */
export function everInForce<V extends { effectiveFrom: Date }>(versions: readonly V[]): V[] {
  const found: V[] = [];
  for (const one of versions.toReversed()) {
    const next = found.at(-1);
    if (!next || one.effectiveFrom < next.effectiveFrom) found.push(one);
  }
  return found.reverse();
}

/** The version in force at an instant; the first one for what happened before it. */
export function versionAt<V extends { version: number; effectiveFrom: Date }>(versions: readonly V[], instant: Date): V | undefined {
  let found: V | undefined;
  for (const one of versions) {
    if (!found || (one.effectiveFrom <= instant && one.version > found.version)) found = one;
  }
  return found;
}
