"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { FindingRow } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { Link } from "@/ui/link.tsx";
import { Name } from "@/ui/name.tsx";
import { SeverityMark } from "@/ui/severity.tsx";
import { RelativeTime, ValueText } from "@/ui/time.tsx";
import { word } from "@/ui/words.ts";

type OpenSubject = ((identityId: string) => void) | undefined;

function Evidence({ evidence }: { evidence: FindingRow["evidence"] }) {
  if (evidence.length === 0) return null;
  return (
    <dl className="text-sm">
      {evidence.map((piece) => (
        <div key={piece.path} className="flex flex-wrap gap-x-3 py-0.5">
          <dt className="text-ink-3" title={piece.path}>
            {piece.label}
          </dt>
          <dd className="min-w-0 wrap-anywhere">
            <ValueText value={piece.shown} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function SubjectLink({ id, onOpen }: { id: string; onOpen: OpenSubject }) {
  return (
    <Link
      className="text-accent underline"
      href={`/identities/${id}`}
      onClick={(event) => {
        if (!onOpen || event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        onOpen(id);
      }}
    >
      Open the identity
    </Link>
  );
}

function FindingBody({ finding, subjectShown, onOpenSubject }: { finding: FindingRow; subjectShown: boolean; onOpenSubject: OpenSubject }) {
  return (
    <div className="flex flex-col gap-2 pb-3 pl-10">
      <Evidence evidence={finding.evidence} />
      <p className="flex flex-wrap gap-x-4 text-sm">
        {finding.taskId ? (
          <Link className="text-accent underline" href={`/tasks?queue=all&task=${finding.taskId}`}>
            Task{finding.taskState ? `: ${word(finding.taskState).toLowerCase()}` : ""}
          </Link>
        ) : null}
        <Link className="text-accent underline" href={`/findings/${finding.ruleId}`}>
          About this rule
        </Link>
        {subjectShown && finding.subjectKind === "identity" ? <SubjectLink id={finding.subjectId} onOpen={onOpenSubject} /> : null}
      </p>
    </div>
  );
}

function Since({ finding }: { finding: FindingRow }) {
  if (finding.state === "resolved" && finding.resolvedAt) {
    return (
      <>
        resolved <RelativeTime instant={finding.resolvedAt} />
      </>
    );
  }
  return (
    <>
      first seen <RelativeTime instant={finding.firstSeenAt} />
    </>
  );
}

interface FindingItemProps {
  readonly finding: FindingRow;
  /** In a list of one rule the subject is the news; on an identity the rule is. */
  readonly subjectShown: boolean;
  readonly onOpenSubject?: OpenSubject;
}

/** One finding as a row that opens to its evidence. */
export function FindingItem({ finding, subjectShown, onOpenSubject }: FindingItemProps) {
  const [open, setOpen] = useState(false);
  return (
    <li className="border-b border-line last:border-b-0">
      <div className="flex min-h-9 items-center gap-2 hover:bg-hover">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-2 py-1.5 text-left"
        >
          <ChevronRight aria-hidden className={cx("size-3.5 shrink-0 text-ink-3 transition-transform duration-120", open && "rotate-90")} />
          <SeverityMark severity={finding.severity} />
          <span className="sr-only">{finding.severity}: </span>
          {subjectShown ? (
            <Name value={finding.subjectName} className="min-w-0 truncate font-medium" />
          ) : (
            <span className="min-w-0 truncate">{finding.ruleTitle}</span>
          )}
        </button>
        {subjectShown ? (
          <span className="w-44 shrink-0 truncate text-sm text-ink-2 max-md:hidden">
            {finding.owner === null ? "No owner yet" : <bdi>{finding.owner}</bdi>}
          </span>
        ) : null}
        <span className="w-44 shrink-0 truncate text-right text-sm text-ink-3 max-sm:hidden">
          <Since finding={finding} />
        </span>
      </div>
      {open ? <FindingBody finding={finding} subjectShown={subjectShown} onOpenSubject={onOpenSubject} /> : null}
    </li>
  );
}
