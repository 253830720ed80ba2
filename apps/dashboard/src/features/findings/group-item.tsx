"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useRef, useState, type RefObject } from "react";
import type { FindingFilter, FindingGroup } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { SEVERITIES, SeverityMark } from "@/ui/severity.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { word } from "@/ui/words.ts";
import { FindingRows } from "./finding-rows.tsx";

/** How the findings of one rule spread over the severities: a shape and a number each. */
function SeverityCounts({ counts, className }: { counts: FindingGroup["bySeverity"]; className?: string }) {
  return (
    <span className={cx("flex flex-wrap gap-x-3", className)}>
      {SEVERITIES.map((severity) => {
        const count = counts[severity] ?? 0;
        if (count === 0) return null;
        return (
          <span key={severity} title={`${count} ${severity}`} className="flex items-center gap-1.5 text-sm text-ink-2">
            <SeverityMark severity={severity} />
            {formatCount(count)}
            <span className="sr-only"> {severity}, </span>
          </span>
        );
      })}
    </span>
  );
}

/** X of Y as a length: findings, passes and unknown of one rule on one line. */
function Share({ group }: { group: FindingGroup }) {
  const all = Math.max(1, group.open + group.pass + group.unknown);
  return (
    <span aria-hidden className="flex h-1.5 w-28 shrink-0 overflow-hidden rounded-full bg-line max-lg:hidden">
      <span className="min-w-px bg-ink-2" style={{ width: `${(group.open / all) * 100}%` }} />
      <span style={{ width: `${(group.pass / all) * 100}%` }} />
      <span className="hatch" style={{ width: `${(group.unknown / all) * 100}%` }} />
    </span>
  );
}

/** Who comes by a link to one rule sees that rule. */
function useSeenAtFirst(open: boolean): RefObject<HTMLLIElement | null> {
  const item = useRef<HTMLLIElement>(null);
  const [openAtFirst] = useState(open);
  useEffect(() => {
    if (openAtFirst) item.current?.scrollIntoView({ block: "nearest" });
  }, [openAtFirst]);
  return item;
}

interface GroupItemProps {
  readonly group: FindingGroup;
  readonly filter: FindingFilter;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onOpenSubject: (identityId: string) => void;
}

export function GroupItem({ group, filter, open, onToggle, onOpenSubject }: GroupItemProps) {
  const panel = `rule-${group.ruleId}`;
  return (
    <li ref={useSeenAtFirst(open)} className="scroll-mt-16 border-b border-line">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={panel}
        onClick={onToggle}
        className="relative flex min-h-12 w-full items-center gap-3 py-2 text-left hover:bg-hover sm:px-2"
      >
        <ChevronRight aria-hidden className={cx("size-3.5 shrink-0 text-ink-3 transition-transform duration-120", open && "rotate-90")} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium max-sm:whitespace-normal">{group.title}</span>
          <span className="text-sm text-ink-3">
            {word(group.playbook)}
            {group.unknown > 0 ? `, ${formatCount(group.unknown)} could not be checked` : ""}
          </span>
          <SeverityCounts counts={group.bySeverity} className="mt-0.5 xl:hidden" />
        </span>
        <SeverityCounts counts={group.bySeverity} className="w-60 shrink-0 max-xl:hidden" />
        {filter.state === "open" && filter.since === undefined ? <Share group={group} /> : null}
        <span className="w-32 shrink-0 text-right text-sm max-sm:w-auto">
          <span className="text-base font-semibold">{formatCount(group.open)}</span>{" "}
          <span className="text-ink-3">
            {filter.state === "open" && filter.since === undefined
              ? `of ${formatCount(group.open + group.pass)}`
              : (filter.state ?? "opened")}
          </span>
        </span>
        <span className="w-36 shrink-0 text-right text-sm text-ink-3 max-md:hidden">
          {group.oldestFirstSeenAt ? (
            <>
              oldest <RelativeTime instant={group.oldestFirstSeenAt} />
            </>
          ) : null}
        </span>
      </button>
      <div id={panel} hidden={!open} className="pb-3 sm:pr-2 sm:pl-6">
        {open ? (
          <>
            <p className="py-1 text-sm">
              <Link href={`/findings/${group.ruleId}`} className="text-accent underline">
                Why it matters, and what to do
              </Link>
            </p>
            {group.open > 0 || filter.state === "resolved" ? (
              <FindingRows filter={{ ...filter, rule: [group.ruleId] }} pageSize={20} expected={group.open} onOpenSubject={onOpenSubject} />
            ) : (
              <p className="py-2 text-sm text-ink-2">Nothing found where it could be checked.</p>
            )}
          </>
        ) : null}
      </div>
    </li>
  );
}
