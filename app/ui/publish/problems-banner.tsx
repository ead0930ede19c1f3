import { Banner, Link, List } from "@shopify/polaris";
import { publish as t } from "../texts/publish.ts";
import type { ProblemRow } from "./place-of.ts";

/** What has to be settled before the draft can be published: where, why, and what to do. */
export function ProblemsBanner({ problems }: { problems: ProblemRow[] }) {
  return (
    <Banner tone="critical" title={t.problems.title(problems.length)}>
      <List>
        {problems.map(({ path, said, suggestion, name, url }) => (
          <List.Item key={`${path} ${said}`}>
            <Link url={url} accessibilityLabel={t.problems.open(name)}>
              {name}
            </Link>
            {`: ${said}${suggestion ? ` ${suggestion}` : ""}`}
          </List.Item>
        ))}
      </List>
    </Banner>
  );
}
