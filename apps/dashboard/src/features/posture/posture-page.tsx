"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { Posture } from "@/api/views.ts";
import { Page } from "@/ui/page.tsx";
import { Failure, Partial } from "@/ui/states.tsx";
import { ChangesTable } from "./changes-table.tsx";
import { ExpiringBars } from "./expiring-bars.tsx";
import { Freshness } from "./freshness.tsx";
import { KpiStrip } from "./kpi-strip.tsx";
import { OwaspStrip } from "./owasp-strip.tsx";
import { OwnerTable } from "./owner-table.tsx";
import { PostureSkeleton } from "./posture-skeleton.tsx";
import { ScorePanel } from "./score-panel.tsx";
import { stateSentence } from "./state-sentence.ts";
import { TopActions } from "./top-actions.tsx";
import { TopRisks } from "./top-risks.tsx";
import { TrendChart } from "./trend-chart.tsx";

function PostureReport({ posture }: { posture: Posture }) {
  return (
    <div className="flex flex-col gap-10">
      <header>
        <h1 className="measure text-xl font-semibold tracking-[-0.01em] sm:text-2xl sm:leading-9">{stateSentence(posture)}</h1>
        <div className="mt-2">
          <Freshness posture={posture} />
        </div>
      </header>
      {posture.state === "analysing" ? <Partial>New data is being analysed. These figures follow in a moment.</Partial> : null}
      <div data-print="columns" className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
        <ScorePanel posture={posture} />
        <ChangesTable changes={posture.changes} isFirstDay={posture.trend.length < 2} />
      </div>
      <KpiStrip kpis={posture.kpis} />
      <div data-print="columns" className="grid grid-cols-1 gap-x-12 gap-y-10 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-10">
          <TopActions actions={posture.topActions} />
          <OwnerTable rows={posture.byOwner} />
        </div>
        <div className="flex min-w-0 flex-col gap-10">
          <TrendChart trend={posture.trend} />
          <ExpiringBars expiring={posture.expiring} />
        </div>
      </div>
      <TopRisks rows={posture.topRisks} />
      <OwaspStrip controls={posture.owaspNhi} />
    </div>
  );
}

export function PosturePage() {
  const trpc = useTRPC();
  const router = useRouter();
  const query = useQuery(
    trpc.posture.get.queryOptions(undefined, { refetchInterval: ({ state }) => (state.data?.state === "analysing" ? 2_000 : false) }),
  );
  const empty = query.data?.state === "empty";
  useEffect(() => {
    if (empty) router.replace("/welcome");
  }, [empty, router]);
  return (
    <Page className="pt-8">
      {query.isError ? (
        <Failure what="The posture" error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data && !empty ? (
        <PostureReport posture={query.data} />
      ) : (
        <PostureSkeleton />
      )}
    </Page>
  );
}
