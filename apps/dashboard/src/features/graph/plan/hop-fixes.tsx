import { Check, Scissors } from "lucide-react";
import type { RouteHop } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { NarrowButton } from "./narrow/narrow-button.tsx";
import type { Plan } from "./use-plan.ts";

function others({ affected, used90d }: RouteHop["fixes"][number]): string {
  const whom = affected <= 1 ? "only this one loses by it" : `${plural(affected, "loses", "lose")} by it`;
  if (used90d === null) return `${whom}; use not known`;
  return `${whom}; ${used90d === 0 ? "none used it in 90 days" : `${formatCount(used90d)} used it in 90 days`}`;
}

/** What would end this step; pressing one tries it. */
export function HopFixes({ hop, plan, node }: { hop: RouteHop; plan: Plan; node: string }) {
  if (hop.fixes.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-col gap-1.5">
      {hop.fixes.map((fix) => {
        const chosen = plan.has(fix.changes);
        const Icon = chosen ? Check : Scissors;
        return (
          <li key={fix.title} className="flex items-center gap-1">
            <button
              type="button"
              aria-pressed={chosen}
              onClick={() => plan.toggle(fix.changes)}
              className={cx(
                "flex w-full items-start gap-2 rounded-md border px-2 py-1.5 text-left text-sm",
                chosen ? "border-accent bg-accent-soft" : "border-line-strong bg-raised hover:bg-hover",
              )}
            >
              <Icon aria-hidden className={cx("mt-0.5 size-3.5 shrink-0", chosen ? "text-accent" : "text-ink-3")} strokeWidth={1.75} />
              <span className="min-w-0">
                <span className="block wrap-anywhere">{fix.title}</span>
                <span className="block text-xs text-ink-3">{others(fix)}</span>
              </span>
            </button>
            {fix.changes.map((change) => (
              <NarrowButton key={JSON.stringify(change)} change={change} plan={plan} node={node} about={fix.title} />
            ))}
          </li>
        );
      })}
    </ul>
  );
}
