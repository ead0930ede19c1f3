import { isRouteErrorResponse, useRevalidator } from "@remix-run/react";
import { Banner, Page } from "@shopify/polaris";
import { en as t } from "../texts/en.ts";
import { isUnreached } from "./lost.ts";

/** A page that could not be shown. What the library answers instead of a page (such as the way to sign in again) is passed on. */
export function FailedPage({ error }: { error: unknown }) {
  const { revalidate, state } = useRevalidator();
  if (isRouteErrorResponse(error) && error.status < 300) {
    // biome-ignore lint/security/noDangerouslySetInnerHtml: the library's own script for the browser, no text of anybody else
    return <div dangerouslySetInnerHTML={{ __html: String(error.data) }} />;
  }
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <Page title={t.error.title} backAction={{ content: t.nav.home, url: "/app" }}>
      <Banner
        tone="critical"
        title={missing ? t.error.notFound : isUnreached(error) ? t.error.unreached : t.error.ours}
        action={missing ? undefined : { content: t.error.retry, onAction: revalidate, loading: state === "loading" }}
      />
    </Page>
  );
}
