import { simplePoints as defaults } from "../definition.ts";
import type { Template } from "./template.ts";

export const simplePoints: Template = {
  id: "simple-points",
  name: "Simple points",
  summary: "One point for each unit of money spent, and one reward. Everybody understands it at once.",
  objectives: ["bring back", "recruit"],
  goodFor: "A first programme, and any shop that wants to begin small.",
  make: defaults,
  examples: [
    {
      name: "Points add up to a reward",
      steps: [
        { at: "2026-03-02", buys: [{ title: "Coat", price: 480 }], so: { earns: 480, has: 480 } },
        { at: "2026-03-05", takes: "five-off", so: { refused: true, has: 480 } },
        { at: "2026-04-10", buys: [{ title: "Socks", price: 20.5 }], so: { earns: 20, has: 500 } },
        { at: "2026-04-12", takes: "five-off", so: { refused: false, has: 0 } },
      ],
    },
    {
      name: "What comes back is taken back, to the point",
      steps: [
        {
          at: "2026-05-01",
          buys: [
            { title: "Lamp", price: 60 },
            { title: "Vase", price: 40.5 },
          ],
          so: { earns: 100, has: 100 },
        },
        { at: "2026-05-09", returns: { title: "Vase" }, so: { earns: -40, has: 60 } },
        { at: "2026-05-11", returns: "everything", so: { earns: -60, has: 0 } },
      ],
    },
  ],
};
