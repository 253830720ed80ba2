import type { ChokePoints } from "@/api/views.ts";
import { formatDecimal, plural } from "@/ui/format.ts";
import { Tag } from "@/ui/tag.tsx";
import { changePlace } from "./change-place.ts";

/** A change on busy ground that takes nothing away alone: what keeps the way open, and what closes it together. */
export function RedundantFix({ fix, sameTitle }: { fix: ChokePoints["redundant"][number]; sameTitle: boolean }) {
  const place = changePlace(fix.changes);
  return (
    <li className="border-b border-line py-3">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium wrap-anywhere">{fix.title}</span>
        <Tag>redundant</Tag>
      </p>
      {sameTitle && place !== "" ? <p className="font-mono text-xs wrap-anywhere text-ink-3">{place}</p> : null}
      {fix.alsoVia.length > 0 ? (
        <details className="mt-0.5 text-sm text-ink-2">
          <summary className="w-fit cursor-pointer text-ink-3">The way that stays open, {plural(fix.alsoVia.length, "step")}</summary>
          <ol className="mt-1 list-decimal pl-5">
            {fix.alsoVia.map((hop) => (
              <li key={hop} className="wrap-anywhere">
                {hop}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      {fix.pair === null ? (
        <p className="mt-0.5 text-sm text-ink-3">No second change was found that closes it together with this one.</p>
      ) : (
        <p className="mt-0.5 text-sm wrap-anywhere text-ink-2">
          Both together, <span className="font-medium">{fix.pair.title}</span>: {formatDecimal(fix.pair.cutPct)} % less risk.
        </p>
      )}
    </li>
  );
}
