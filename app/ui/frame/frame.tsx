import { Link, Outlet, useLocation, useNavigation } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { useEffect, useState } from "react";
import { en as t } from "../texts/en.ts";
import { PageSkeleton } from "./page-skeleton.tsx";

/** What is around every page: the app's menu, and something to look at while the next page is on its way. */
export function Frame() {
  const slow = useSlowNavigation(200);
  return (
    <>
      <NavMenu>
        <Link to="/app" rel="home">
          {t.nav.home}
        </Link>
        <Link to="/app/earning">{t.nav.earning}</Link>
        <Link to="/app/rewards">{t.nav.rewards}</Link>
        <Link to="/app/members">{t.nav.members}</Link>
        <Link to="/app/settings">{t.nav.settings}</Link>
      </NavMenu>
      <main>{slow ? <PageSkeleton /> : <Outlet />}</main>
    </>
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
