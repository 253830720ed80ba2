import type { WhatIf } from "@/api/views.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { RelativeTime } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";
import { nodeNoun } from "../nouns.ts";

type Broken = WhatIf["broken"][number];

function Use({ row }: { row: Broken }) {
  if (row.used === "unknown") return <Unknown label="use not known" reason="No connected source reports its use." />;
  if (row.used === "unused") return <span className="text-ink-3">not used in 90 days</span>;
  return (
    <span className="font-medium text-critical">
      in use{row.lastUsedAt ? ", " : ""}
      {row.lastUsedAt ? <RelativeTime instant={row.lastUsedAt} /> : null}
    </span>
  );
}

const SHOWN = 8;

/** Who loses something it can do today, and whether it does it. */
export function BrokenList({ answer }: { answer: WhatIf }) {
  const { broken, brokenTotal } = answer;
  const inUse = broken.filter((row) => row.used === "used").length;
  if (brokenTotal === 0) return <p className="text-sm text-ink-2">Nobody loses anything it can do today.</p>;
  return (
    <div>
      <p className="text-sm text-ink-2">
        {plural(brokenTotal, "identity or resource loses", "identities and resources lose")} something.{" "}
        {inUse > 0 ? `${formatCount(inUse)} of them used it in the last 90 days.` : "None is known to have used it in the last 90 days."}
      </p>
      <ul className="mt-1.5">
        {[...broken]
          .sort((a, b) => Number(b.used === "used") - Number(a.used === "used"))
          .slice(0, SHOWN)
          .map((row) => (
            <li key={row.node.key} className="border-t border-line py-1.5 text-sm">
              <bdi className="block truncate font-medium" title={row.node.label}>
                {row.node.label}
              </bdi>
              <span className="flex flex-wrap gap-x-2 text-xs text-ink-3">
                {nodeNoun(row.node)}, {plural(row.edges, "step")} <Use row={row} />
              </span>
            </li>
          ))}
      </ul>
      {brokenTotal > SHOWN ? (
        <p className="border-t border-line pt-1.5 text-xs text-ink-3">and {formatCount(brokenTotal - SHOWN)} more</p>
      ) : null}
    </div>
  );
}
