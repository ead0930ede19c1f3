type Line = {
  version: number;
  effectiveFrom: Date;
  publishedAt: Date;
  publishedBy: string;
  note: string | null;
  rolledBackFrom: number | null;
  neverInForce: boolean;
};

/** Where a version stands in time. */
export type Standing = "in force" | "planned" | "never" | "past";

export type VersionRow = Omit<Line, "neverInForce"> & {
  standing: Standing;
  /** The version that would be said again in order to call this one off. Only the newest can be, as long as it waits. */
  callOffTo: number | null;
  /** Whether publishing it again would change anything. */
  canReturn: boolean;
};

/** The versions with what can be done about each. `lines` are newest first. */
export function versionRows(
  lines: readonly Line[],
  { inForce, newest, now }: { inForce: number; newest: number; now: Date },
): VersionRow[] {
  return lines.map(({ neverInForce, ...line }) => {
    const { version, effectiveFrom } = line;
    const waits = effectiveFrom > now;
    const standing = version === inForce ? "in force" : neverInForce ? "never" : waits ? "planned" : "past";
    // Until it begins, the last one that begins before it is in force.
    const before = lines.find((one) => one.version < version && one.effectiveFrom < effectiveFrom);
    const isCalledOff = line.rolledBackFrom !== null && line.rolledBackFrom === before?.version;
    return {
      ...line,
      standing,
      callOffTo: version === newest && standing === "planned" && before && !isCalledOff ? before.version : null,
      canReturn: version !== newest && standing !== "planned",
    };
  });
}
