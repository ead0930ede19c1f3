import { useBlocker, useNavigate } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { type MouseEvent, useEffect } from "react";

/**
 * The ways out of a page that is edited. The admin asks before its own menu leaves it; by a button, by a link within the page and
 * by the browser's Back nothing unsaved is lost without a question either.
 */
export function useLeaving(unsaved: boolean) {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const back = useBlocker(
    ({ currentLocation, nextLocation, historyAction }) =>
      unsaved && historyAction === "POP" && nextLocation.pathname !== currentLocation.pathname,
  );

  useEffect(() => {
    if (back.state === "blocked") shopify.saveBar.leaveConfirmation().then(back.proceed, back.reset);
  }, [back, shopify]);

  const leave = async (to: string) => {
    await shopify.saveBar.leaveConfirmation();
    navigate(to);
  };
  const onLink = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    const to = link?.getAttribute("href");
    if (!unsaved || !to || link?.target || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    void leave(to);
  };
  return { leave, onLink };
}
