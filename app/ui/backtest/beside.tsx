import { Text } from "@shopify/polaris";
import { signed } from "../words.ts";

/** Two amounts as bars of one scale, for who sees; the numbers stand beside them for everybody. */
export function Bars({ live, draft, most, said }: { live: number; draft: number; most: number; said: string }) {
  const width = (amount: number) => `${most > 0 ? (Math.max(0, amount) / most) * 100 : 0}%`;
  return (
    <div className="laurel-bars" role="img" aria-label={said}>
      <span className="laurel-bar laurel-bar-live" style={{ inlineSize: width(live) }} />
      <span className="laurel-bar laurel-bar-draft" style={{ inlineSize: width(draft) }} />
    </div>
  );
}

/** "+120 (+4.2%)": how the draft stands to the live side. More is good for a member, and for nobody else in itself. */
export function Change({ live, draft, say = signed, ofMember = false }: Sides) {
  const by = draft - live;
  if (by === 0) return <Text as="span">0</Text>;
  const share = live === 0 ? "" : ` (${percent.format(by / live).replace("-", "−")})`;
  const text = `${say(by)}${share}`;
  if (!ofMember) return <Text as="span">{text}</Text>;
  return (
    <Text as="span" tone={by > 0 ? "success" : "critical"}>
      {text}
    </Text>
  );
}

type Sides = { live: number; draft: number; say?: (by: number) => string; ofMember?: boolean };

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
