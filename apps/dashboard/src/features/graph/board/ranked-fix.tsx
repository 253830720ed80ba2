import Link from "next/link";
import type { ChokePoint } from "@/api/views.ts";
import { formatCount, formatDecimal, formatInterval, plural } from "@/ui/format.ts";
import { Unknown } from "@/ui/unknown.tsx";
import { graphHref } from "../graph-state.ts";
import { PlanTaskButton } from "../plan/plan-task-button.tsx";
import { planText } from "../plan/plan-text.ts";

interface RankedFixProps {
  readonly point: ChokePoint;
  readonly rank: number;
  /** The largest share on the board: the lines are drawn against it. */
  readonly most: number;
  readonly mayPlan: boolean;
}

function Users({ point }: { point: ChokePoint }) {
  const whom =
    point.affected === 0
      ? "Nobody in the inventory loses by it"
      : point.affected === 1 && point.focus
        ? `${point.focus.label} loses by it`
        : plural(point.affected, "identity loses by it", "identities lose by it");
  if (point.affected === 1 && point.used90d !== null)
    return <>{`${whom}, ${point.used90d === 0 ? "and did not use it in 90 days" : "and used it in the last 90 days"}`}</>;
  if (point.used90d === null)
    return (
      <>
        {whom}, <Unknown label="use not known" reason="No connected source reports the use of this grant." />
      </>
    );
  return (
    <>
      {whom}, {point.used90d === 0 ? "nobody used it in 90 days" : `${formatCount(point.used90d)} used it in 90 days`}
    </>
  );
}

/** A condition can make the larger cut the certain one. */
const ordered = ({ min, max }: ChokePoint["cut"]) => ({ min: Math.min(min, max), max: Math.max(min, max) });

/** What to look at where nobody of the inventory loses anything: the thing that is changed. */
function subjectOf({ changes: [change] }: ChokePoint): string {
  switch (change?.kind) {
    case "remove_statement":
    case "narrow_statement":
    case "narrow_policy":
      return `identity:${change.policy}`;
    case "revoke_credential":
    case "rotate_credential":
      return change.credential;
    case "delete_identity":
      return change.identity;
    default:
      return "";
  }
}

/** One change: what to do, what it takes away, who would notice. */
export function RankedFix({ point, rank, most, mayPlan }: RankedFixProps) {
  const subject = point.focus?.key ?? subjectOf(point);
  return (
    <li className="flex gap-4 border-b border-line py-3.5 max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)] max-sm:gap-x-3 max-sm:gap-y-2">
      <span className="w-6 shrink-0 pt-px text-right text-ink-3 max-sm:w-5">{rank}</span>
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{point.title}</p>
        <p className="mt-0.5 text-sm text-ink-3">
          <Users point={point} />
          {point.focus?.account ? `, in ${point.focus.account}` : ""}
        </p>
      </div>
      <div className="w-32 shrink-0 max-sm:col-start-2 max-sm:w-40">
        <p
          className="flex items-baseline justify-between gap-2"
          title={`${formatInterval(ordered(point.cut))} points: over all ways in, their weight times what they no longer reach`}
        >
          <span className="text-lg font-semibold">{formatDecimal(point.cutPct)} %</span>
          <span className="text-xs text-ink-3">less risk</span>
        </p>
        <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-line">
          <span className="block h-full rounded-full bg-accent" style={{ width: `${most === 0 ? 0 : (100 * point.cutPct) / most}%` }} />
        </span>
      </div>
      {mayPlan ? (
        <div className="flex w-32 shrink-0 flex-col items-end gap-1.5 max-sm:col-start-2 max-sm:w-auto max-sm:flex-row max-sm:items-center">
          <PlanTaskButton planId={point.planId} plan={{ changes: point.changes, focus: subject }} about={point.title} />
          <Link
            href={graphHref(subject, { plan: planText(point.changes) })}
            className="data-link px-2 text-sm text-accent"
            aria-label={`Try it: ${point.title}`}
          >
            Try it
          </Link>
        </div>
      ) : null}
    </li>
  );
}
