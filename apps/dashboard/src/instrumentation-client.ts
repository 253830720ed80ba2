import { leavePage, stayOnPage } from "@/api/leave-page.ts";

/** Called by the router before it fetches the page that it goes to. */
export function onRouterTransitionStart(url: string, kind: "push" | "replace" | "traverse"): void {
  if (kind === "traverse") stayOnPage();
  else leavePage(url);
}
