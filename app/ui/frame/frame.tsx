import { Link, Outlet, useLocation, useNavigation } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { useEffect, useState } from "react";
import { en as t } from "../texts/en.ts";
import { publish } from "../texts/publish.ts";
import { DraftBar } from "./draft-bar.tsx";
import { PageSkeleton } from "./page-skeleton.tsx";
import { SayingProvider } from "./saying.tsx";

/** What is around every page: the app's menu, and something to look at while the next page is on its way. */
export function Frame() {
  const slow = useSlowNavigation(200);
  return (
    <SayingProvider>
      <NavMenu>
        <Link to="/app" rel="home">
          {t.nav.home}
        </Link>
        <Link to="/app/earning">{t.nav.earning}</Link>
        <Link to="/app/tiers">{publish.nav.tiers}</Link>
        <Link to="/app/campaigns">{publish.nav.campaigns}</Link>
        <Link to="/app/rewards">{t.nav.rewards}</Link>
        <Link to="/app/members">{t.nav.members}</Link>
        <Link to="/app/backtest">{publish.nav.backtest}</Link>
        <Link to="/app/settings">{t.nav.settings}</Link>
      </NavMenu>
      <DraftBar />
      <main>{slow ? <PageSkeleton /> : <Outlet />}</main>
    </SayingProvider>
  );
}

// A page that comes at once is not announced: a skeleton that flashes is worse than none.
function useSlowNavigation(patienceMs: number): boolean {
  const { state, location: next } = useNavigation();
  const here = useLocation().pathname;
  const leaving = state === "loading" && next !== undefined && next.pathname !== here;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!leaving) return;
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, [leaving, patienceMs]);
  return leaving && slow;
}
