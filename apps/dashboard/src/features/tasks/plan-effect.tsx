"use client";

import type { TaskDetail } from "@/api/views.ts";
import { Figure } from "@/features/graph/plan/figures.tsx";
import { formatCount, formatDate, plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";
import { Partial } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";
import { word } from "@/ui/words.ts";

type TaskPlan = NonNullable<TaskDetail["plan"]>;
type Consumer = TaskPlan["affected"][number];

const SHOWN = 12;

function Use({ row }: { row: Consumer }) {
  if (row.used === "unknown") return <Unknown label="use not known" reason="No connected source reports its use." />;
  if (row.used === "unused") return <span className="text-ink-3">not used in 90 days</span>;
  return (
    <span className="font-medium text-critical">
      in use
      {row.lastUsedAt ? (
        <>
          , last <RelativeTime instant={row.lastUsedAt} />
        </>
      ) : null}
    </span>
  );
}

function Affected({ plan }: { plan: TaskPlan }) {
  const { affected, affectedTotal } = plan;
  return (
    <Section title={affectedTotal === 0 ? "Nobody loses anything" : `${plural(affectedTotal, "loses", "lose")} something by it`}>
      <ul className="-mt-2">
        {affected.slice(0, SHOWN).map((row) => (
          <li key={row.key} className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2">
            <span className="min-w-0 wrap-anywhere">
              {row.kind === "identity" && row.entityId ? (
                <Link href={`/identities/${row.entityId}`} className="data-link font-medium">
                  <bdi>{row.label}</bdi>
                </Link>
              ) : (
                <bdi className="font-medium">{row.label}</bdi>
              )}{" "}
              <span className="text-sm text-ink-3">{word(row.subkind)}</span>
            </span>
            <span className="text-sm">
              <Use row={row} />
            </span>
          </li>
        ))}
      </ul>
      {affectedTotal > Math.min(SHOWN, affected.length) ? (
        <p className="pt-2 text-sm text-ink-3">
          and {formatCount(affectedTotal - Math.min(SHOWN, affected.length))} more; the what-if shows where they stand
        </p>
      ) : null}
    </Section>
  );
}

/** What was expected of the plan on the day it was made. */
export function PlanEffect({ plan }: { plan: TaskPlan }) {
  const left = Math.round((100 - plan.riskCutPct) * 10) / 10;
  return (
    <>
      <Section title="What it was expected to do" aside={`computed on data of ${formatDate(plan.asOf)}`}>
        <dl className="flex max-w-md flex-col gap-3">
          <Figure
            label="Risk of the workspace"
            before={{ min: 100, max: 100 }}
            after={{ min: left, max: left }}
            unit=" %"
            most={plan.risk.before.max === 0 ? 0 : 100}
          />
          {plan.focusPct && plan.focus ? (
            <Figure
              label={`Blast radius of ${plan.focus.label}`}
              before={plan.focusPct.before}
              after={plan.focusPct.after}
              unit=" %"
              most={plan.focusPct.before.max}
            />
          ) : null}
          {plan.focusScore && plan.focus ? (
            <Figure label={`Score of ${plan.focus.label}`} before={plan.focusScore.before} after={plan.focusScore.after} most={100} />
          ) : null}
        </dl>
        {plan.inexact.length > 0 || plan.atLeast ? (
          <Partial className="mt-4">
            {plan.inexact.length > 0 ? <p>{plan.inexact.join("; ")}.</p> : null}
            {plan.atLeast ? <p>Grants that were not read, or not lately, may add to what remains.</p> : null}
          </Partial>
        ) : null}
      </Section>
      <Affected plan={plan} />
    </>
  );
}
