import { BlockStack, Layout, Page } from "@shopify/polaris";
import type { BudgetStanding } from "../../loyalty/program/budget-standing.ts";
import { en as t } from "../texts/en.ts";
import { BudgetsCard } from "./budgets-card.tsx";
import { Figures, type Totals } from "./figures.tsx";
import { LatestMovements, type LatestRow } from "./latest-movements.tsx";
import { PhaseCard, type PhaseNow } from "./phase-card.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { ThemeCard, useThemeBlocks } from "./theme-card.tsx";
import { ToDoCard, type ToDoNow } from "./to-do-card.tsx";

export type HomeProps = {
  shop: string;
  apiKey: string;
  phase: PhaseNow;
  guide: { dismissed: boolean; earning: boolean; rewards: boolean };
  totals: Totals;
  worthPerPoint: { minor: number; points: number } | null;
  latest: LatestRow[];
  todo: ToDoNow;
  budgets: BudgetStanding[];
};

export function HomePage({ shop, apiKey, phase, guide, totals, worthPerPoint, latest, todo, budgets }: HomeProps) {
  const blocks = useThemeBlocks();
  const editor = themeEditor(shop, apiKey);
  // Once the programme runs, the guide has nothing to say that the cards beside it do not.
  const running = guide.earning && guide.rewards && phase.phase === "live";
  return (
    <Page title={t.nav.home}>
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {!guide.dismissed && !running && (
              <SetupGuide {...guide} theme={blocks.state === "on"} live={phase.phase === "live"} editor={editor} />
            )}
            <Figures totals={totals} worthPerPoint={worthPerPoint} />
            <LatestMovements rows={latest} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <PhaseCard now={phase} />
            <ThemeCard blocks={blocks} editor={editor} />
            <BudgetsCard budgets={budgets} />
            <ToDoCard todo={todo} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

// Opens the editor of the published theme with our block ready to be placed.
const themeEditor = (shop: string, apiKey: string): string =>
  `https://${shop}/admin/themes/current/editor?template=product&addAppBlockId=${apiKey}/balance&target=mainSection`;
