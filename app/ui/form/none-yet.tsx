import { Link } from "@shopify/polaris";
import { editor } from "../texts/editor.ts";

const doors = { tier: "/app/tiers", reward: "/app/rewards/new", badge: "/app/settings/units" };

/** What a field says that has nothing to choose from, and the door to where it is made. */
export function NoneYet({ what }: { what: keyof typeof doors }) {
  const words = editor.fields.noneYet[what];
  return (
    <>
      {words.text} <Link url={doors[what]}>{words.door}</Link>
    </>
  );
}
