import { BlockStack, Button, Card, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useAct } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";
import { tiers } from "../texts/tiers.ts";

export type ToDoNow = {
  failedDeliveries: number;
  failedReason: string | null;
  waitingOrders: number;
  unfinishedImports: { importId: string; fileName: string; state: string }[];
  stuckRedemptions: number;
  refusedRedemptions: number;
  openRequests: number;
  openTasks: number;
};

/** What a person has to look at. An empty list says so: no news is said, too. */
export function ToDoCard({ todo }: { todo: ToDoNow }) {
  const words = t.home.todo;
  const retry = useAct(() => undefined);
  const items: { key: string; text: ReactNode; to?: string; act?: { content: string; onAction: () => void } }[] = [];
  if (todo.failedDeliveries > 0)
    items.push({
      key: "failed",
      text: [words.failed(todo.failedDeliveries), todo.failedReason && words.reason(todo.failedReason)].filter(Boolean).join(" "),
      act: { content: words.retry, onAction: () => retry.send({ what: "retry" }) },
    });
  if (todo.stuckRedemptions > 0) items.push({ key: "stuck", text: words.stuck(todo.stuckRedemptions) });
  if (todo.refusedRedemptions > 0) items.push({ key: "refused", text: words.refused(todo.refusedRedemptions) });
  for (const one of todo.unfinishedImports)
    items.push({ key: one.importId, text: words.imported(one.fileName, one.state), to: `/app/settings/imports/${one.importId}` });
  if (todo.openTasks > 0) items.push({ key: "tasks", text: tiers.tasks.waiting(todo.openTasks), to: "/app/tasks" });
  if (todo.openRequests > 0) items.push({ key: "privacy", text: words.privacy(todo.openRequests), to: "/app/settings/privacy" });
  if (todo.waitingOrders > 0) items.push({ key: "waiting", text: words.waiting(todo.waitingOrders) });

  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {words.title}
        </Text>
        {items.length === 0 && (
          <Text as="p" tone="subdued">
            {words.none}
          </Text>
        )}
        <ul className="laurel-rows">
          {items.map((item) => (
            <li key={item.key} className="laurel-wrap">
              {item.text}{" "}
              {item.act && (
                <Button variant="plain" onClick={item.act.onAction} loading={retry.busy}>
                  {item.act.content}
                </Button>
              )}
              {item.to && <Link url={item.to}>{words.open}</Link>}
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
