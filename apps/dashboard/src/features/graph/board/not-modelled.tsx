"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { Section } from "@/ui/page.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { Gap, gapWord } from "../radius-sentence.tsx";
import { LagLine } from "../rests-on.tsx";

/** What makes answers "at least": grants that could not be read, techniques without a model, sources that lag. */
export function NotModelled() {
  const trpc = useTRPC();
  const query = useQuery(trpc.graph.notModelled.queryOptions());
  const answer = query.data;
  return (
    <Section title="What the graph does not say" id="not-modelled">
      {query.isError ? (
        <Failure what="The gaps" error={query.error} onRetry={() => void query.refetch()} />
      ) : answer === undefined ? (
        <Skeleton className="h-48" />
      ) : (
        <div className="flex flex-col gap-4 text-sm">
          <p className="text-ink-2">{formatCount(answer.modelled)} techniques of taking over are modelled.</p>
          {answer.gaps.map((gap) => (
            <div key={gap.what}>
              <p className="font-medium">
                {gapWord(gap.what)}: {formatCount(gap.count)}
              </p>
              <ul className="mt-0.5 text-ink-2">
                {gap.examples.slice(0, 3).map((example) => (
                  <li key={example.ref + example.detail} className="wrap-anywhere">
                    <Gap gap={example} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
          {answer.gaps.length === 0 ? <p className="text-ink-2">Every grant that came in could be read.</p> : null}
          {answer.lags.length > 0 ? (
            <div>
              <p className="font-medium">Sources that may have more to say: {formatCount(answer.lags.length)}</p>
              <ul className="mt-0.5 text-ink-2">
                {answer.lags.map((lag) => (
                  <li key={lag.id} className="wrap-anywhere">
                    <LagLine lag={lag} />
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          {answer.techniques.length > 0 ? (
            <details>
              <summary className="cursor-pointer font-medium">
                {plural(answer.techniques.length, "published way or system is", "published ways and systems are")} not modelled
              </summary>
              <dl className="mt-1.5 flex flex-col gap-1.5">
                {answer.techniques.map((technique) => (
                  <div key={technique.id}>
                    <dt className="font-mono text-xs">{technique.id}</dt>
                    <dd className="text-ink-3">{technique.reason}</dd>
                  </div>
                ))}
              </dl>
            </details>
          ) : null}
        </div>
      )}
    </Section>
  );
}
