"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useSession } from "@/features/shell/use-session.ts";
import { useRemembered } from "@/ui/use-remembered.ts";

export interface SavedView {
  readonly name: string;
  /** The address of the view without the question mark, its parameters in order. */
  readonly query: string;
}

const NONE: readonly SavedView[] = [];
/** What is open beside the list is no part of a view. */
const PASSING = ["identity"];

export function viewQuery(parameters: URLSearchParams): string {
  const kept = new URLSearchParams(parameters);
  for (const name of PASSING) kept.delete(name);
  kept.sort();
  return kept.toString();
}

/** Named addresses, kept in this browser for this person in this workspace. The link itself works for everybody who may see the workspace. */
export function useSavedViews() {
  const session = useSession();
  const [views, setViews] = useRemembered(`views:${session?.workspace.id ?? ""}:${session?.user.id ?? ""}`, NONE);
  const pathname = usePathname();
  const current = viewQuery(new URLSearchParams(useSearchParams()));
  return {
    views,
    current,
    active: views.find((view) => view.query === current) ?? null,
    link: () => `${window.location.origin}${pathname}${current ? `?${current}` : ""}`,
    save: (name: string) => setViews([...views.filter((view) => view.name !== name), { name, query: current }]),
    remove: (name: string) => setViews(views.filter((view) => view.name !== name)),
  };
}
