"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { OwnSession } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Page, PageTitle } from "@/ui/page.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { EndSessionsDialog } from "./end-sessions-dialog.tsx";
import { SessionItem } from "./session-item.tsx";

/** Where this person is signed in, and how to end it there. */
export function SessionsPage() {
  const query = useQuery(useTRPC().session.list.queryOptions(undefined, { staleTime: 0 }));
  const [ending, setEnding] = useState<readonly OwnSession[] | null>(null);
  const others = query.data?.sessions.filter(({ current }) => !current) ?? [];
  return (
    <Page className="mx-0 max-w-4xl">
      <p className="mb-3 text-sm">
        <Link href="/settings" className="data-link text-ink-3">
          Settings
        </Link>
      </p>
      <PageTitle
        title="Your sessions"
        note="Every browser you are signed in with. A session ends half an hour after its last use, and twelve hours after signing in at the latest."
      >
        {others.length > 1 ? <Button onClick={() => setEnding(others)}>End all others</Button> : null}
      </PageTitle>
      {query.isError ? <Failure what="Your sessions" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-14" /> : null}
      {query.data ? (
        <ul aria-label="Your sessions" className="border-t border-line">
          {query.data.sessions.map((session) => (
            <SessionItem key={session.id} session={session} onEnd={() => setEnding([session])} />
          ))}
        </ul>
      ) : null}
      {query.data && others.length === 0 ? <p className="mt-4 text-ink-2">You are signed in nowhere else.</p> : null}
      {ending !== null && query.data ? (
        <EndSessionsDialog sessions={ending} proof={query.data.proof} onClose={() => setEnding(null)} />
      ) : null}
    </Page>
  );
}
