import type { MetaFunction } from "@remix-run/node";
import { Banner, Page } from "@shopify/polaris";
import { Polaris } from "../ui/frame/polaris.tsx";
import { en as t } from "../ui/texts/en.ts";

export const meta: MetaFunction = () => [{ title: t.app }];

/** For whoever opens the app's address outside of the admin. It never asks for a shop's name: Shopify tells it. */
export default function Login() {
  return (
    <Polaris>
      <Page narrowWidth title={t.app}>
        <Banner title={t.error.login.title}>{t.error.login.text}</Banner>
      </Page>
    </Polaris>
  );
}
