import type { Posture } from "@/api/views.ts";
import { plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";
import { ScoreDrop } from "@/ui/score.tsx";

/** The few changes that cut most risk, each with the score it leaves. */
export function TopActions({ actions }: { actions: Posture["topActions"] }) {
  if (actions.length === 0) return null;
  const points = actions.reduce((sum, action) => sum + Math.max(0, action.from.max - action.to.max), 0);
  return (
    <Section title={`${plural(actions.length, "change")} would take ${Math.round(points)} risk points off`} aside="score now and after">
      <ol>
        {actions.map((action, index) => (
          <li key={`${action.identityId} ${action.playbook}`} className="border-b border-line last:border-b-0">
            <Link
              href={action.taskId ? `/tasks?queue=all&task=${action.taskId}` : `/identities/${action.identityId}`}
              className="group flex min-h-9 items-center gap-3 py-1.5 hover:bg-hover sm:-mx-2 sm:px-2"
            >
              <span className="w-5 shrink-0 text-right text-sm text-ink-3">{index + 1}</span>
              <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
                <span className="data-link font-medium">{action.label}</span>
                <bdi className="min-w-0 truncate text-ink-2">{action.identityName}</bdi>
              </span>
              <ScoreDrop from={action.from} to={action.to} />
            </Link>
          </li>
        ))}
      </ol>
    </Section>
  );
}
