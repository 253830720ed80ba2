"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Source } from "@/api/views.ts";
import { CopyButton } from "@/ui/copy-button.tsx";
import { cx } from "@/ui/cx.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { Button } from "@/ui/button.tsx";
import { Link } from "@/ui/link.tsx";
import { DemoTag } from "@/ui/tag.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";
import { word } from "@/ui/words.ts";

const STATE: Readonly<Record<Source["state"], { label: string; mark: string }>> = {
  ok: { label: "Read completely", mark: "rounded-full bg-good-fill" },
  degraded: { label: "Read in part", mark: "hatch border border-control" },
  failing: { label: "Failing", mark: "rotate-45 bg-critical" },
  held: { label: "Waits for you", mark: "bg-medium" },
  syncing: { label: "Being read", mark: "rounded-full bg-accent motion-breathe" },
  never: { label: "Never read", mark: "hatch border border-control" },
};

/** For these the sentence itself says what was read. */
const SENTENCE_SAYS_IT = new Set<Source["state"]>(["ok", "degraded"]);

function Datasets({ datasets }: { datasets: Source["datasets"] }) {
  if (datasets.length === 0) return <p className="pb-4 text-sm text-ink-2">No listing is recorded.</p>;
  return (
    <table className="mb-4 w-full text-sm">
      <thead>
        <tr className="text-left text-ink-3">
          <th className="py-1 pr-4 font-normal">Dataset</th>
          <th className="py-1 pr-4 font-normal">Outcome</th>
          <th className="py-1 pr-4 text-right font-normal">Rows</th>
          <th className="py-1 pr-4 font-normal max-sm:hidden">Read</th>
        </tr>
      </thead>
      <tbody>
        {datasets.map((dataset) => (
          <tr key={`${dataset.dataset} ${dataset.region}`} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pr-4 text-left font-normal">
              {dataset.dataset}
              {dataset.region && dataset.region !== "global" ? <span className="text-ink-3"> {dataset.region}</span> : null}
              {dataset.note ? <span className="block text-ink-2">{dataset.note}</span> : null}
              {dataset.missingPermission ? (
                <span className="flex flex-wrap items-center gap-1 text-ink-2">
                  Add <code className="font-mono text-xs">{dataset.missingPermission}</code>
                  <CopyButton text={dataset.missingPermission} label="Copy permission" />
                </span>
              ) : null}
            </th>
            <td className="py-1.5 pr-4">{dataset.outcome === "complete" ? "Complete" : <Unknown label={word(dataset.outcome)} />}</td>
            <td className="py-1.5 pr-4 text-right">{formatCount(dataset.rows)}</td>
            <td className="py-1.5 pr-4 max-sm:hidden">
              <RelativeTime instant={dataset.observedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function SourceItem({ source, onRemove }: { source: Source; onRemove: (() => void) | null }) {
  const [open, setOpen] = useState(false);
  const state = STATE[source.state];
  return (
    <li id={source.id} className="border-b border-line">
      <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 py-2 md:flex-nowrap">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full min-w-0 items-start gap-2 text-left md:flex-1"
        >
          <ChevronRight
            aria-hidden
            className={cx("mt-1 size-3.5 shrink-0 text-ink-3 transition-transform duration-120", open && "rotate-90")}
          />
          <span className="min-w-0">
            <span className="flex flex-wrap items-center gap-x-2">
              <bdi className="font-medium">{source.name}</bdi>
              {source.connectorTitle === source.name ? null : <span className="text-sm text-ink-3">{source.connectorTitle}</span>}
              {source.origin === "demo" ? <DemoTag /> : null}
            </span>
            <span className="flex items-start gap-2 text-sm text-ink-2">
              <span aria-hidden className={cx("mt-1.5 size-2 shrink-0", state.mark)} />
              <span>
                {SENTENCE_SAYS_IT.has(source.state) ? <span className="sr-only">{state.label}. </span> : `${state.label}. `}
                {source.sentence}
              </span>
            </span>
          </span>
        </button>
        <span className="shrink-0 text-sm max-md:pl-5.5 md:w-40 md:text-right">
          <Link href={`/inventory?source=${source.id}`} className="data-link font-medium">
            {plural(source.identities, "identity", "identities")}
          </Link>
          <span className="block text-ink-3 max-md:hidden">
            {source.asOf ? (
              <>
                as of <RelativeTime instant={source.asOf} />
              </>
            ) : (
              "never read"
            )}
          </span>
        </span>
      </div>
      {open ? (
        <div className="pl-6">
          <Datasets datasets={source.datasets} />
          {onRemove ? (
            <Button size="sm" tone="danger" onClick={onRemove} className="mb-4">
              Remove this source
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
