import type { FrameLocator, Locator } from "playwright-core";
import type { Tab } from "./browser.ts";
import type { Town } from "./town.ts";
import { until } from "./until.ts";

/** The sandbox's admin in a browser, with the app in its frame: what a merchant sees and does. */
export type Admin = {
  tab: Tab;
  app: FrameLocator;
  /** Opens a page of the app, and waits until it can be used. */
  open: (path?: string) => Promise<void>;
  /** By the menu that stands beside the app. */
  go: (entry: string) => Promise<void>;
  /** Waits until the page with this heading is shown. */
  isAt: (heading: string) => Promise<void>;
  saveBar: { bar: Locator; save: Locator; discard: Locator };
  /** Reads a toast and puts it away, so that the next one is not taken for it. */
  toast: (text: string) => Promise<void>;
};

export function openAdmin(town: Town, handle: string, tab: Tab): Admin {
  const { app } = town.shop(handle);
  const frame = tab.frameLocator(`iframe[title="Laurel"]`);
  const heading = (name?: string) => frame.getByRole("heading", { level: 1, ...(name ? { name, exact: true } : {}) });
  const bar = tab.getByRole("region", { name: "Unsaved changes" });
  const toasts = tab.locator(".toast");
  const isAt = (name: string) => heading(name).waitFor();
  return {
    tab,
    app: frame,
    isAt,
    open: async (path = "") => {
      await tab.goto(`${town.sandbox.url}/store/${handle}/apps/${app.handle}/app${path}`);
      await heading().waitFor();
      await until("the page is alive", () => isAlive(heading()));
    },
    go: async (entry) => {
      await tab.getByRole("navigation", { name: "Shop" }).getByRole("link", { name: entry, exact: true }).click();
    },
    saveBar: { bar, save: bar.getByRole("button", { name: "Save" }), discard: bar.getByRole("button", { name: "Discard" }) },
    toast: (text) => toasts.filter({ hasText: text }).getByRole("button", { name: "Dismiss" }).press("Enter"),
  };
}

// A page drawn by the server looks ready before React has taken it over, and what is typed before that is lost.
const isAlive = (inside: Locator): Promise<boolean> =>
  inside.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__react")));

/** What stands beside a field as its error, as a screen reader is told it. */
export async function errorOf(field: Locator): Promise<string> {
  if ((await field.getAttribute("aria-invalid")) !== "true") return "";
  return field.evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => element.ownerDocument.getElementById(id))
      .filter((said) => said?.id.endsWith("Error"))
      .map((said) => said?.textContent ?? "")
      .join(" "),
  );
}
