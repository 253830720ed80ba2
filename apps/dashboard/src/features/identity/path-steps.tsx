"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { PathAnswer } from "@/api/views.ts";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { Tag } from "@/ui/tag.tsx";

function Hop({ hop, step }: { hop: PathAnswer["hops"][number]; step: number }) {
  return (
    <li className="relative flex gap-3 pb-3 last:pb-0">
      <span
        aria-hidden
        className="grid size-5 shrink-0 place-items-center rounded-full border border-line-strong bg-raised text-xs text-ink-2"
      >
        {step}
      </span>
      <div className="min-w-0">
        <p className="measure">
          {hop.sentence} {hop.technique ? <Tag>{hop.technique}</Tag> : null}
        </p>
        {hop.conditional ? (
          <p className="text-sm text-ink-2">
            Only if {hop.conditions.length > 0 ? hop.conditions.join(" and ") : "a condition holds that the export does not settle"}.
          </p>
        ) : null}
        {hop.facts.map((fact) => (
          <p key={fact.ref + fact.detail} className="truncate text-xs text-ink-3" title={fact.ref}>
            <span className="font-mono">{fact.ref}</span>: {fact.detail}
          </p>
        ))}
      </div>
    </li>
  );
}

interface PathStepsProps {
  readonly identityId: string;
  readonly nodeKey: string;
  readonly direction: "reaches" | "reachedBy";
}

/** One way, hop by hop, each with a sentence and the statement it rests on. */
export function PathSteps({ identityId, nodeKey, direction }: PathStepsProps) {
  const trpc = useTRPC();
  const forward = useQuery(trpc.identities.path.queryOptions({ id: identityId, toNodeKey: nodeKey }, { enabled: direction === "reaches" }));
  const backward = useQuery(
    trpc.identities.reachedByPath.queryOptions({ id: identityId, fromNodeKey: nodeKey }, { enabled: direction === "reachedBy" }),
  );
  const query = direction === "reaches" ? forward : backward;
  if (query.isError) return <Failure what="The path" error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton className="my-2 h-24" />;
  if (query.data === null)
    return <p className="py-2 text-sm text-ink-2">No path is known any more; the access graph has changed since this list was made.</p>;
  return (
    <ol className="py-3 pl-1">
      {query.data.hops.map((hop, index) => (
        <Hop key={index} hop={hop} step={index + 1} />
      ))}
    </ol>
  );
}
