import { AppProvider } from "@shopify/shopify-app-remix/react";
import type { ReactNode } from "react";

/** Polaris with links that stay in the app. App Bridge's script stands in the head (root.tsx), so the library adds none of its own. */
export function Polaris({ children }: { children: ReactNode }) {
  return (
    <AppProvider isEmbeddedApp={false} apiKey="">
      {children as JSX.Element}
    </AppProvider>
  );
}
