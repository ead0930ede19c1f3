import { Badge, BlockStack, InlineStack, Text } from "@shopify/polaris";
import type { Change } from "../../loyalty/program/diff.ts";
import { isColour } from "../../loyalty/program/say-setting.ts";
import { publish as t } from "../texts/publish.ts";
import { capital } from "../words.ts";

/** Changes in words, part by part. */
export function ChangesList({ changes }: { changes: Change[] }) {
  const parts = [...new Set(changes.map((one) => one.part))];
  if (parts.length === 0) return <Text as="p">{t.nothingInWords}</Text>;
  return (
    <BlockStack gap="400">
      {parts.map((part) => (
        <BlockStack gap="200" key={part}>
          <Text as="h3" variant="headingSm">
            {t.parts[part] ?? part}
          </Text>
          <ul className="laurel-rows laurel-changes">
            {changes
              .filter((one) => one.part === part)
              .map((change) => (
                <li key={`${change.how} ${change.id ?? change.settings[0]?.path} ${change.name}`}>
                  <ChangeRow change={change} />
                </li>
              ))}
          </ul>
        </BlockStack>
      ))}
    </BlockStack>
  );
}

function ChangeRow({ change }: { change: Change }) {
  const { how, id, name, before, after, settings } = change;
  return (
    <div className="laurel-wrap">
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="semibold">
            {name}
          </Text>
          <Badge tone={t.howTone[how]}>{t.how[how] ?? how}</Badge>
        </InlineStack>
        {settings.map((one) => (
          <p key={`${one.path} ${one.label}`}>
            {id !== null && one.label && <Text as="span">{one.label}: </Text>}
            <BeforeAndAfter before={one.before} after={one.after} />
          </p>
        ))}
        {id !== null && how === "removed" && before && <Sentence>{before}</Sentence>}
        {id !== null && how !== "removed" && after && <Sentence>{after}</Sentence>}
      </BlockStack>
    </div>
  );
}

const Sentence = ({ children }: { children: string }) => (
  <Text as="p" tone="subdued">
    {capital(children)}
  </Text>
);

// The arrow is for eyes; whoever listens hears which is which.
function BeforeAndAfter({ before, after }: { before: string; after: string }) {
  return (
    <>
      <Text as="span" visuallyHidden>
        {t.before}:{" "}
      </Text>
      <del>
        <Value>{before}</Value>
      </del>
      <span aria-hidden="true"> → </span>
      <Text as="span" visuallyHidden>
        , {t.after}:{" "}
      </Text>
      <ins>
        <Value>{after}</Value>
      </ins>
    </>
  );
}

// A colour is shown as it is; whoever listens, or copies it, has its number.
function Value({ children }: { children: string }) {
  if (!isColour(children)) return children;
  return (
    <span className="laurel-swatch" style={{ backgroundColor: children }} title={children}>
      <Text as="span" visuallyHidden>
        {children}
      </Text>
    </span>
  );
}
