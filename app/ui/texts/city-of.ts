/** The place by which a time zone is known: America/New_York is New York, Etc/UTC is UTC. */
export const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
