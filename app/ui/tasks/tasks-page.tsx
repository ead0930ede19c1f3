import { useSearchParams } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Link, Page, Pagination, Tabs, Text } from "@shopify/polaris";
import { useAct } from "../frame/use-answer.ts";
import { en } from "../texts/en.ts";
import { tiers } from "../texts/tiers.ts";
import { actorOf, nameOf, useDates } from "../words.ts";

const t = tiers.tasks;

export type Task = {
  taskId: string;
  memberId: string;
  memberName: string | null;
  title: string;
  note: string | null;
  state: "open" | "done";
  createdAt: string;
  doneAt: string | null;
  doneBy: string | null;
};

type Props = { tasks: Task[]; state: Task["state"]; page: number; more: boolean };

/** What the programme promises and a person has to do: to do, and done. */
export function TasksPage({ tasks, state, page, more }: Props) {
  const [, setParams] = useSearchParams();
  const states = ["open", "done"] as const;
  return (
    <Page title={t.title} subtitle={t.text} backAction={{ content: en.nav.home, url: "/app" }}>
      <Card padding="0">
        <Tabs
          tabs={states.map((one) => ({ id: one, content: t[one] }))}
          selected={states.indexOf(state)}
          onSelect={(index) => setParams({ state: states[index] ?? "open" })}
        />
        <div style={{ padding: "var(--p-space-400)" }}>
          {tasks.length === 0 && (
            <Text as="p" tone="subdued">
              {state === "open" ? t.none : t.noneDone}
            </Text>
          )}
          <ul className="laurel-rows">
            {tasks.map((task) => (
              <li key={task.taskId}>
                <TaskRow task={task} />
              </li>
            ))}
          </ul>
          {(page > 0 || more) && (
            <InlineStack align="center">
              <Pagination
                hasPrevious={page > 0}
                hasNext={more}
                onPrevious={() => setParams({ state, page: String(page - 1) })}
                onNext={() => setParams({ state, page: String(page + 1) })}
                accessibilityLabels={{ previous: t.newer, next: t.more }}
              />
            </InlineStack>
          )}
        </div>
      </Card>
    </Page>
  );
}

function TaskRow({ task }: { task: Task }) {
  const { day } = useDates();
  const act = useAct(() => undefined);
  const isOpen = task.state === "open";
  return (
    <InlineStack align="space-between" blockAlign="center" gap="400" wrap={false}>
      <BlockStack gap="050">
        <Text as="h2" variant="headingSm">
          {task.title}
        </Text>
        <Text as="p">
          <Link url={`/app/members/${task.memberId}`}>{nameOf({ name: task.memberName, email: null, customerGid: null })}</Link>
        </Text>
        {task.note && <Text as="p">{task.note}</Text>}
        <Text as="p" tone="subdued">
          {isOpen || !task.doneAt ? t.asked(day(task.createdAt)) : t.doneOn(day(task.doneAt), actorOf(task.doneBy ?? ""))}
        </Text>
        {act.refused && (
          <Text as="p" tone="critical">
            {act.refused.sentence}
          </Text>
        )}
      </BlockStack>
      <Button
        loading={act.busy}
        accessibilityLabel={`${isOpen ? t.markDone : t.reopen}: ${task.title}`}
        onClick={() => act.send({ taskId: task.taskId, state: isOpen ? "done" : "open" })}
      >
        {isOpen ? t.markDone : t.reopen}
      </Button>
    </InlineStack>
  );
}
