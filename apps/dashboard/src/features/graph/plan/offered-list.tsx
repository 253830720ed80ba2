"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Check } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { OfferedChange } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { cx } from "@/ui/cx.ts";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { NarrowButton } from "./narrow/narrow-button.tsx";
import type { Plan } from "./use-plan.ts";

const SHOWN = 6;

function Offer({ offer, plan, node }: { offer: OfferedChange; plan: Plan; node: string }) {
  const chosen = plan.has([offer.change]);
  const Icon = chosen ? Check : Plus;
  return (
    <li className={cx("flex items-center border-b border-line", chosen && "bg-accent-soft")}>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={() => plan.toggle([offer.change])}
        className="flex min-w-0 flex-1 items-start gap-2 px-1 py-1.5 text-left text-sm hover:bg-hover"
      >
        <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", chosen ? "text-accent" : "text-ink-3")} strokeWidth={1.75} />
        <span className="min-w-0">
          <span className="block wrap-anywhere">{offer.title}</span>
          <span className="block text-xs text-ink-3">{offer.note}</span>
        </span>
      </button>
      <NarrowButton change={offer.change} plan={plan} node={node} about={offer.title} />
    </li>
  );
}

/** Steps a plan for this node may be made of. */
export function OfferedList({ node, plan }: { node: string; plan: Plan }) {
  const trpc = useTRPC();
  const [all, setAll] = useState(false);
  const query = useQuery(trpc.graph.changes.queryOptions({ node }));
  if (query.isError) return <Failure what="What could be changed" error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-40" />;
  const offers = all ? query.data : query.data.slice(0, SHOWN);
  return (
    <section aria-label="What could be changed">
      <h2 className="text-base font-semibold">What could be changed</h2>
      <p className="mb-2 text-sm text-ink-3">Add steps and watch the picture. Nothing is changed by trying.</p>
      {offers.length === 0 ? (
        <p className="text-sm text-ink-2">
          Nothing here can be changed by itself. Pick something it reaches: the way there offers what ends it.
        </p>
      ) : (
        <ul className="border-t border-line">
          {offers.map((offer) => (
            <Offer key={JSON.stringify(offer.change)} offer={offer} plan={plan} node={node} />
          ))}
        </ul>
      )}
      {query.data.length > SHOWN ? (
        <Button size="sm" tone="quiet" className="mt-1 -ml-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${query.data.length}`}
        </Button>
      ) : null}
    </section>
  );
}
