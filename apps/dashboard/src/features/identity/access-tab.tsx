"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { Access } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatInterval } from "@/ui/format.ts";
import { Section } from "@/ui/page.tsx";
import { ScoreTrack } from "@/ui/score.tsx";
import { Failure, Partial, Skeleton } from "@/ui/states.tsx";
import { ReachList } from "./reach-list.tsx";

const TIER_ZERO: Readonly<Record<Access["blast"]["tierZero"], string | null>> = {
  yes: "It can come to control everything.",
  conditional: "It can come to control everything if a condition holds.",
  no: null,
};

function BlastSentence({ access }: { access: Access }) {
  const { blast } = access;
  const reach = { min: blast.pctMin, max: blast.pctMax };
  return (
    <div>
      <p className="measure text-lg">
        It reaches {access.atLeast ? "at least " : ""}
        <strong className="font-semibold">{formatInterval(blast.assets)} assets</strong> and {formatInterval(blast.identities)} other
        identities, {formatInterval(reach)} % of the weight of everything known. {TIER_ZERO[blast.tierZero]}
      </p>
      <ScoreTrack score={reach} band={blast.severity} className="mt-3 h-2 max-w-xl" />
    </div>
  );
}

function Gaps({ access }: { access: Access }) {
  if (!access.atLeast) return null;
  return (
    <Partial>
      <p className="font-medium text-ink">This is the least it can reach. What is missing could add to it:</p>
      <ul className="mt-1">
        {access.gaps.map((gap) => (
          <li key={gap.what}>
            {gap.what}: {gap.detail}
          </li>
        ))}
      </ul>
    </Partial>
  );
}

function Nothing({ children }: { children: string }) {
  return <p className="measure text-ink-2">{children}</p>;
}

export function AccessTab({ id, wide }: { id: string; wide: boolean }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.identities.access.queryOptions({ id }));
  if (query.isError) return <Failure what="Its access" error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-96" />;
  const access = query.data;
  return (
    <div className="flex flex-col gap-8">
      <BlastSentence access={access} />
      <Gaps access={access} />
      <div className={cx("grid grid-cols-1 gap-x-12 gap-y-8", wide && "2xl:grid-cols-2")}>
        <Section title="What it can reach" aside="open a row for the way there">
          {access.reachesTotal === 0 ? (
            <Nothing>The exports show nothing that it can reach.</Nothing>
          ) : (
            <ReachList rows={access.reaches} total={access.reachesTotal} kinds={access.kinds.reaches} identityId={id} direction="reaches" />
          )}
        </Section>
        <div className="flex min-w-0 flex-col gap-8">
          <Section title="Who can reach it">
            {access.reachedByTotal === 0 ? (
              <Nothing>The exports show nobody who can act as it, apart from those who hold its credentials.</Nothing>
            ) : (
              <ReachList
                rows={access.reachedBy}
                total={access.reachedByTotal}
                kinds={access.kinds.reachedBy}
                identityId={id}
                direction="reachedBy"
              />
            )}
          </Section>
          {access.controlsTotal > 0 ? (
            <Section title="What it controls completely">
              <ReachList
                rows={access.controls}
                total={access.controlsTotal}
                kinds={access.kinds.controls}
                identityId={id}
                direction="reaches"
              />
            </Section>
          ) : null}
        </div>
      </div>
    </div>
  );
}
