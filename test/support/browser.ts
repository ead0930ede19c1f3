import { type Browser, type BrowserContext, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { chromium } from "./chromium.ts";

// The app refuses bots, and a headless browser says by default that it is one.
const userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

export type Tab = Page & { /** What went wrong in the page since it was opened. */ wrong: string[] };

export async function openBrowser(): Promise<Browser> {
  const { executablePath, env } = chromium();
  return playwright.launch({ executablePath, args: flags, env: { ...process.env, ...env } });
}

/** A page in a context of its own: no cookies of another test. Errors in the page are collected. */
export async function openTab(browser: Browser, viewport = desktop, { script = true } = {}): Promise<Tab> {
  const context: BrowserContext = await browser.newContext({ viewport, userAgent, locale: "en-US", javaScriptEnabled: script });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(message.text());
  });
  return Object.assign(page, { wrong });
}

/** A browser for a test file. `tab` opens a page; after the file no page may have had an error. */
export function useBrowser(): { tab: (viewport?: { width: number; height: number }, wish?: { script?: boolean }) => Promise<Tab> } {
  let browser: Browser;
  const tabs: Tab[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    expect(
      tabs.flatMap((tab) => tab.wrong),
      "errors in the browser",
    ).toEqual([]);
  });

  return {
    tab: async (viewport, wish) => {
      const tab = await openTab(browser, viewport, wish);
      tabs.push(tab);
      return tab;
    },
  };
}
