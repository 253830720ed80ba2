"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, type ReactNode } from "react";
import { ButtonLink } from "@/ui/button.tsx";
import { Page } from "@/ui/page.tsx";
import { Empty, Failure } from "@/ui/states.tsx";
import { DESTINATIONS, isCurrent } from "./destinations.ts";
import { useSessionQuery } from "./use-session.ts";

/** The page; in place of one about the whole workspace, for who is limited to their teams. The start page leads on to their tasks. */
export function WithinReach({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const router = useRouter();
  const session = useSessionQuery();
  const teams = session.data?.limitedTo ?? null;
  const outside = teams !== null && DESTINATIONS.some(({ href, whole }) => whole && isCurrent(href, pathname));
  useEffect(() => {
    if (outside && pathname === "/") router.replace("/tasks");
  }, [outside, pathname, router]);
  // Without it nobody knows what may be shown: every page would wait for ever.
  if (session.isError && session.data === undefined)
    return (
      <Page>
        <h1 className="sr-only">The page could not be loaded</h1>
        <Failure what="Your session" error={session.error} onRetry={() => void session.refetch()} />
      </Page>
    );
  if (!outside || pathname.startsWith("/blast-radius")) return children;
  return (
    <Page>
      <h1 className="sr-only">Outside of your access</h1>
      <Empty
        title="This page is about the whole workspace"
        action={
          <>
            <ButtonLink href="/tasks">Your tasks</ButtonLink>
            <ButtonLink href="/inventory">Your inventory</ButtonLink>
          </>
        }
        className="px-0"
      >
        {teams.length > 0
          ? `Your access is limited to what ${teams.join(" and ")} ${teams.length === 1 ? "answers" : "answer"} for. Ask an admin when you need more.`
          : "Your access is limited to your teams, and you are in none yet. Ask an admin to add you to one."}
      </Empty>
    </Page>
  );
}
