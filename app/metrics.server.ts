import { remember } from "@epic-web/remember";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Health } from "./health.server.ts";

// One registry for the process, also where the bundler made a second copy of this file.
const known = remember("metrics", () => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: "laurel_http_request_seconds",
      help: "HTTP requests answered, by kind of address and status.",
      labelNames: ["route", "method", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers,
    }),
    webhooks: new Counter({ name: "laurel_webhooks_total", help: "Webhooks by what became of them.", labelNames: ["outcome"], registers }),
    settled: new Counter({ name: "laurel_orders_settled_total", help: "Orders whose points were brought to what is due.", registers }),
    postings: new Counter({ name: "laurel_transactions_total", help: "Ledger transactions by kind.", labelNames: ["kind"], registers }),
    points: new Counter({ name: "laurel_points_total", help: "Points that moved, by kind.", labelNames: ["kind"], registers }),
    adminCalls: new Histogram({
      name: "laurel_admin_api_seconds",
      help: "Calls of Shopify's Admin API, by outcome.",
      labelNames: ["outcome"],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20],
      registers,
    }),
    redemptions: new Counter({ name: "laurel_redemptions_total", help: "Steps of redemptions.", labelNames: ["step"], registers }),
    ...standing(registry),
  };
});

// What stands in the database is asked for when somebody looks, and not otherwise.
function standing(registry: Registry) {
  const registers = [registry];
  const inbox = new Gauge({ name: "laurel_inbox_deliveries", help: "Webhooks in the inbox, by state.", labelNames: ["state"], registers });
  const jobs = new Gauge({ name: "laurel_jobs", help: "Jobs in the queue, by state.", labelNames: ["state"], registers });
  const oldest = new Gauge({
    name: "laurel_oldest_seconds",
    help: "Age of the oldest work that is due, by queue.",
    labelNames: ["queue"],
    registers,
  });
  const reachable = new Gauge({ name: "laurel_database_up", help: "1 while the database answers.", registers });
  return { inbox, jobs, oldest, reachable };
}

/** What happened, counted. The labels are few and never carry a person, a shop or an id. */
export const counted = {
  webhook: (outcome: "received" | "duplicate" | "refused" | "failed"): void => known.webhooks.inc({ outcome }),
  settled: (orders: number): void => known.settled.inc(orders),
  posted: (kind: string, points: number): void => {
    known.postings.inc({ kind });
    known.points.inc({ kind }, Math.abs(points));
  },
  adminCall: (outcome: string, ms: number): void => known.adminCalls.observe({ outcome }, ms / 1000),
  redemption: (step: string): void => known.redemptions.inc({ step }),
  request: (route: string, method: string, status: number, seconds: number): void =>
    known.requests.observe({ route, method, status: String(status) }, seconds),
};

/** The page that Prometheus reads. */
export async function metricsPage(now: Health): Promise<{ type: string; text: string }> {
  known.reachable.set(now.database ? 1 : 0);
  for (const [gauge, queue, figures] of [
    [known.inbox, "inbox", now.inbox],
    [known.jobs, "jobs", now.jobs],
  ] as const) {
    if (!figures) continue;
    gauge.set({ state: "waiting" }, figures.waiting);
    gauge.set({ state: "failed" }, figures.failed);
    known.oldest.set({ queue }, figures.oldestSeconds);
  }
  return { type: known.registry.contentType, text: await known.registry.metrics() };
}
