import { signed } from "../words.ts";

/** What a movement did to the points that a member has: green is more. Points that only change their place are shown without a sign. */
export function signedChange(points: number) {
  if (points === 0) return <span className="laurel-number" aria-hidden="true" />;
  return <span className={points > 0 ? "laurel-number laurel-plus" : "laurel-number"}>{signed(points)}</span>;
}
