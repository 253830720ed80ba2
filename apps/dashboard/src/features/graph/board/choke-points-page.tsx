"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/api/trpc.ts";
import type { ChokePoints } from "@/api/views.ts";
import { useSession } from "@/features/shell/use-session.ts";
import { ButtonLink } from "@/ui/button.tsx";
import { formatCount, plural } from "@/ui/format.ts";
import { Page, PageTitle, Section } from "@/ui/page.tsx";
import { Empty, Failure, Partial, Skeleton } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { ControlPlanes } from "./control-planes.tsx";
import { NotModelled } from "./not-modelled.tsx";
import { RankedFix } from "./ranked-fix.tsx";
import { RedundantFix } from "./redundant-fix.tsx";

/** How often to ask while the ranking is computed. */
const POLL_MS = 2_000;
const SHOWN = 10;
const REDUNDANT_SHOWN = 6;

/** Titles that several of them have: of policies and roles of one name in different accounts. */
function titlesTwice(fixes: ChokePoints["redundant"]): ReadonlySet<string> {
  const groups = Map.groupBy(fixes, ({ title }) => title);
  return new Set([...groups].filter(([, same]) => same.length > 1).map(([title]) => title));
}

/** What can be closed together with another change comes before what cannot. */
const closedByPairFirst = (fixes: ChokePoints["redundant"]): ChokePoints["redundant"] =>
  fixes.toSorted((a, b) => Number(a.pair === null) - Number(b.pair === null)).slice(0, REDUNDANT_SHOWN);

function Computing({ since }: { since: string }) {
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="measure text-ink-2">
        Each possible change is being tried on the whole graph, begun <RelativeTime instant={since} />. You may leave; it goes on.
      </p>
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton key={index} className="h-16" />
      ))}
    </div>
  );
}

function boardSentence({ ranked }: ChokePoints): string {
  const shown = ranked.slice(0, SHOWN);
  if (shown.length === 0) return "No single change cuts risk";
  return shown.length === 1 ? "One change cuts risk" : `The ${shown.length === 10 ? "ten" : shown.length} changes that cut most risk`;
}

function Board({ answer }: { answer: ChokePoints }) {
  const role = useSession()?.role;
  const mayPlan = role === "admin" || role === "analyst";
  const shown = answer.ranked.slice(0, SHOWN);
  const most = shown[0]?.cutPct ?? 0;
  const redundant = closedByPairFirst(answer.redundant);
  const twice = titlesTwice(redundant);
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,1fr)_360px]">
      <div className="flex min-w-0 flex-col gap-10">
        <Section
          title={boardSentence(answer)}
          aside={`of ${formatCount(answer.work.candidates)} possible changes; none of the others can cut more`}
        >
          {shown.length === 0 ? (
            <Empty title="No single change takes risk away" className="px-0">
              Either nothing is at risk, or everything can be reached in more than one way. The pairs below are where to begin.
            </Empty>
          ) : (
            <ol className="-mt-3">
              {shown.map((point, index) => (
                <RankedFix key={JSON.stringify(point.changes)} point={point} rank={index + 1} most={most} mayPlan={mayPlan} />
              ))}
            </ol>
          )}
        </Section>
        {answer.redundant.length > 0 ? (
          <Section title="Changes that cut nothing by themselves" aside="another way stays open">
            <ul className="-mt-3">
              {redundant.map((fix) => (
                <RedundantFix key={JSON.stringify(fix.changes)} fix={fix} sameTitle={twice.has(fix.title)} />
              ))}
            </ul>
          </Section>
        ) : null}
      </div>
      <div className="flex min-w-0 flex-col gap-10">
        <ControlPlanes />
        <NotModelled />
      </div>
    </div>
  );
}

/** Where few changes take away most. */
export function ChokePointsPage() {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.graph.chokePoints.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.state === "computing" ? POLL_MS : false),
    }),
  );
  const answer = query.data;
  const notFound = query.isError && (query.error.data as { code?: string } | null)?.code === "NOT_FOUND";
  return (
    <Page>
      <PageTitle
        title="Choke points"
        note="Risk is counted over every identity: how easily it is taken over, times what it reaches. A change that many ways run through takes most of it away."
      >
        <ButtonLink href="/tasks?queue=all&of=plans">Plans under way</ButtonLink>
        <ButtonLink href="/blast-radius">Look at one identity</ButtonLink>
      </PageTitle>
      {notFound ? (
        <Empty title="Nothing has been analysed yet" action={<ButtonLink href="/sources/add">Bring an export</ButtonLink>}>
          Choke points are found in the access graph, which is made of what your sources say.
        </Empty>
      ) : query.isError ? (
        <Failure what="The choke points" error={query.error} onRetry={() => void query.refetch()} />
      ) : answer === undefined ? (
        <Skeleton className="h-96" />
      ) : answer.state === "computing" ? (
        <Computing since={answer.since} />
      ) : (
        <>
          {answer.atLeast ? (
            <Partial className="mb-6">
              Some grants were not read, or not lately, so what a change takes away may be less than the whole.{" "}
              <Link href="#not-modelled" className="text-accent underline underline-offset-3">
                What is missing
              </Link>
            </Partial>
          ) : null}
          <p className="mb-6 text-sm text-ink-3">
            {plural(answer.entries, "way in", "ways in")}; one counts three times when outsiders reach it, a credential of it leaked or is a
            year old, or nobody answers for it. Each share is of the whole risk, with that change alone. Changes can close the same way, so
            the shares cannot be added up.
          </p>
          <Board answer={answer} />
        </>
      )}
    </Page>
  );
}
