import { useNavigation, useSearchParams } from "@remix-run/react";
import {
  Badge,
  Banner,
  BlockStack,
  Card,
  IndexTable,
  InlineStack,
  Link,
  Page,
  Pagination,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { NothingYet } from "../frame/nothing-yet.tsx";
import { en as t } from "../texts/en.ts";
import { nameOf, number, useDates, useWords } from "../words.ts";

export type MemberRow = {
  memberId: string;
  name: string | null;
  email: string | null;
  state: string;
  joinedAt: string;
  available: number;
  pending: number;
  owed: number;
  customerGid: string | null;
};

type Props = { members: MemberRow[]; before: string | null; after: string | null; count: number | null; nameless: boolean };

/** Everybody who has points, or could. */
export function MembersPage({ members, before, after, count, nameless }: Props) {
  const [params, setParams] = useSearchParams();
  const busy = useNavigation().state === "loading";
  const go = (change: Record<string, string | null>) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      for (const [name, value] of Object.entries({ cursor: null, ...change })) value ? next.set(name, value) : next.delete(name);
      return next;
    });
  const [told, setTold] = useState(true);
  const searching = Boolean(params.get("search"));

  return (
    <Page title={t.members.title} subtitle={count === null ? undefined : t.members.count(count)}>
      <BlockStack gap="400">
        {nameless && told && <Banner onDismiss={() => setTold(false)}>{t.members.nameless}</Banner>}
        {members.length === 0 && !searching && !params.get("cursor") ? (
          <Card>
            <NothingYet
              title={t.members.none.title}
              text={t.members.none.text}
              action={{ content: t.members.none.action, url: "/app/settings/imports" }}
            />
          </Card>
        ) : (
          <Card padding="0">
            <Filters search={params.get("search") ?? ""} sort={params.get("sort") ?? "joined desc"} go={go} />
            <div className="laurel-members">
              <Table members={members} busy={busy} />
            </div>
            {(before || after) && (
              <InlineStack align="center">
                <div style={{ padding: "var(--p-space-300)" }}>
                  <Pagination
                    hasPrevious={before !== null}
                    hasNext={after !== null}
                    onPrevious={() => go({ cursor: before })}
                    onNext={() => go({ cursor: after })}
                    accessibilityLabels={{ previous: t.members.previous, next: t.members.next }}
                  />
                </div>
              </InlineStack>
            )}
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}

type FilterProps = { search: string; sort: string; go: (change: Record<string, string | null>) => void };

function Filters({ search, sort, go }: FilterProps) {
  const [typed, setTyped] = useState(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (value: string) => {
    setTyped(value);
    clearTimeout(timer.current);
    // One question for a word, not one for each of its letters.
    timer.current = setTimeout(() => go({ search: value.trim() || null }), 300);
  };
  return (
    <div style={{ padding: "var(--p-space-300)" }}>
      <InlineStack gap="200" wrap>
        <div style={{ flex: "1 1 14rem" }}>
          <TextField
            label={t.members.search}
            labelHidden
            placeholder={t.members.searchHint}
            value={typed}
            onChange={type}
            clearButton
            onClearButtonClick={() => type("")}
            autoComplete="off"
            type="search"
          />
        </div>
        <Select
          label={t.members.sort}
          labelHidden
          value={sort}
          options={Object.entries(t.members.sorts).map(([value, label]) => ({ value, label }))}
          onChange={(value) => go({ sort: value })}
        />
      </InlineStack>
    </div>
  );
}

function Table({ members, busy }: { members: MemberRow[]; busy: boolean }) {
  const { day } = useDates();
  const { say } = useWords();
  const words = t.members.columns;
  return (
    <IndexTable
      itemCount={members.length}
      selectable={false}
      loading={busy}
      resourceName={{ singular: words.member, plural: t.members.title }}
      headings={[
        { title: words.member },
        { title: words.available, alignment: "end" },
        { title: words.pending, alignment: "end" },
        { title: words.state },
        { title: words.joined },
      ]}
      emptyState={<NothingYet title={t.members.notFound.title} text={t.members.notFound.text} />}
    >
      {members.map((member, index) => (
        <IndexTable.Row id={member.memberId} key={member.memberId} position={index}>
          <IndexTable.Cell>
            <div className="laurel-wrap">
              <Link url={`/app/members/${member.memberId}`} dataPrimaryLink monochrome removeUnderline>
                <Text as="span" fontWeight="semibold">
                  {nameOf(member)}
                </Text>
              </Link>
              {member.name && member.email && (
                <Text as="p" variant="bodySm" tone="subdued">
                  {member.email}
                </Text>
              )}
            </div>
          </IndexTable.Cell>
          <IndexTable.Cell>
            <Text as="p" alignment="end" numeric>
              {member.owed > 0 ? `−${number(member.owed)}` : number(member.available)}
              <span className="Polaris-Text--visuallyHidden"> {say.pointsName.other}</span>
            </Text>
          </IndexTable.Cell>
          <IndexTable.Cell>
            <Text as="p" alignment="end" numeric>
              {number(member.pending)}
            </Text>
          </IndexTable.Cell>
          <IndexTable.Cell>
            <StateBadge state={member.state} />
          </IndexTable.Cell>
          <IndexTable.Cell>{day(member.joinedAt)}</IndexTable.Cell>
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

export function StateBadge({ state }: { state: string }) {
  return <Badge tone={state === "blocked" ? "critical" : undefined}>{t.members.states[state] ?? state}</Badge>;
}
