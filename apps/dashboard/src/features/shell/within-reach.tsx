"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, type ReactNode } from "react";
import { ButtonLink } from "@/ui/button.tsx";
import { Page } from "@/ui/page.tsx";
import { Empty } from "@/ui/states.tsx";
import { DESTINATIONS, isCurrent } from "./destinations.ts";
import { useSession } from "./use-session.ts";

/** In place of a page about the whole workspace, for who is limited to their teams. The start page leads on to their tasks. */
export function WithinReach({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const router = useRouter();
  const teams = useSession()?.limitedTo ?? null;
  const outside = teams !== null && DESTINATIONS.some(({ href, whole }) => whole && isCurrent(href, pathname));
  useEffect(() => {
    if (outside && pathname === "/") router.replace("/tasks");
  }, [outside, pathname, router]);
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
