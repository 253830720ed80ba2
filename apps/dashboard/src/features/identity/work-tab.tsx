import type { Identity } from "@/api/views.ts";
import { FindingItem } from "@/features/findings/finding-item.tsx";
import { ReportedByOthers } from "@/features/findings/reported-by-others.tsx";
import { plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";
import { SeverityMark } from "@/ui/severity.tsx";
import { Empty } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { word } from "@/ui/words.ts";

function Tasks({ tasks }: { tasks: Identity["tasks"] }) {
  if (tasks.length === 0) return null;
  return (
    <Section title={plural(tasks.length, "task")}>
      <ul>
        {tasks.map((task) => (
          <li key={task.id} className="border-b border-line last:border-b-0">
            <Link href={`/tasks?queue=all&task=${task.id}`} className="flex min-h-9 items-center gap-2 py-1.5 hover:bg-hover">
              <SeverityMark severity={task.severity} />
              <span className="data-link min-w-0 flex-1 truncate font-medium">{task.title}</span>
              <span className="text-sm text-ink-2">{word(task.state)}</span>
              <span className="w-32 truncate text-right text-sm text-ink-3">
                {task.assigneeName ? <bdi>{task.assigneeName}</bdi> : "Nobody yet"}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function WorkTab({ identity }: { identity: Identity }) {
  return (
    <div className="flex flex-col gap-8">
      <Own identity={identity} />
      <ReportedByOthers identityId={identity.id} />
    </div>
  );
}

function Own({ identity }: { identity: Identity }) {
  const open = identity.findings.filter((finding) => finding.state === "open");
  const resolved = identity.findings.filter((finding) => finding.state === "resolved");
  if (identity.findings.length === 0) {
    return (
      <Empty title="Nothing found" className="px-0">
        The checks that could be answered all passed, as of <RelativeTime instant={identity.asOf} />.
      </Empty>
    );
  }
  return (
    <div className="flex flex-col gap-8">
      <Tasks tasks={identity.tasks} />
      <Section title={open.length === 0 ? "No open finding" : `${plural(open.length, "open finding")}`}>
        <ul>
          {open.map((finding) => (
            <FindingItem key={finding.id} finding={finding} subjectShown={false} />
          ))}
        </ul>
      </Section>
      {resolved.length > 0 ? (
        <Section title={`${resolved.length} resolved`}>
          <ul>
            {resolved.map((finding) => (
              <FindingItem key={finding.id} finding={finding} subjectShown={false} />
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  );
}
