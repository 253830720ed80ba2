"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { csvHref } from "@/api/csv-href.ts";
import { useTRPC } from "@/api/trpc.ts";
import type { FindingGroup, Severity } from "@/api/views.ts";
import { IdentityDrawer } from "@/features/identity/identity-drawer.tsx";
import { ButtonLink } from "@/ui/button.tsx";
import { CsvLink } from "@/ui/csv-link.tsx";
import { cx } from "@/ui/cx.ts";
import { formatCount, formatDate, plural } from "@/ui/format.ts";
import { Page, PageTitle } from "@/ui/page.tsx";
import { SearchField } from "@/ui/search-field.tsx";
import { SEVERITIES, SeverityMark } from "@/ui/severity.tsx";
import { Empty, Failure, FilteredAway, Skeleton } from "@/ui/states.tsx";
import { ClearableTag, Tag } from "@/ui/tag.tsx";
import { GroupItem } from "./group-item.tsx";
import { useFindingsUrl } from "./use-findings-url.ts";

type FindingsUrl = ReturnType<typeof useFindingsUrl>;

const TOGGLE =
  "flex h-8 items-center gap-1.5 rounded-md border border-line-strong px-2.5 text-sm hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft";

function SeverityFilter({ url, setUrl }: Pick<FindingsUrl, "url" | "setUrl">) {
  const toggle = (severity: Severity) => {
    const next = url.severity.includes(severity) ? url.severity.filter((other) => other !== severity) : [...url.severity, severity];
    void setUrl({ severity: next.length > 0 ? next : null });
  };
  return (
    <div role="group" aria-label="Severity" className="flex flex-wrap gap-1.5">
      {SEVERITIES.slice(0, 4).map((severity) => (
        <button
          key={severity}
          type="button"
          aria-pressed={url.severity.includes(severity)}
          onClick={() => toggle(severity)}
          className={TOGGLE}
        >
          <SeverityMark severity={severity} />
          <span className="capitalize">{severity}</span>
        </button>
      ))}
    </div>
  );
}

function Filters({ findings }: { findings: FindingsUrl }) {
  const { url, setUrl, search, filter } = findings;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2" data-print="hide">
      <SearchField label="Search findings" placeholder="Rule or identity" value={url.q} onChange={search} />
      <SeverityFilter url={url} setUrl={setUrl} />
      <button
        type="button"
        aria-pressed={url.state === "resolved"}
        onClick={() => void setUrl({ state: url.state === "resolved" ? null : "resolved" })}
        className={TOGGLE}
      >
        Resolved
      </button>
      <button
        type="button"
        aria-pressed={url.show === "unknown"}
        onClick={() => void setUrl({ show: url.show === "found" ? "unknown" : null })}
        className={TOGGLE}
      >
        Could not be checked
      </button>
      {url.since ? (
        <ClearableTag onClear={() => void setUrl({ since: null, state: url.state === "any" ? null : url.state })}>
          {url.state === "resolved" ? "Resolved" : "Opened"} since {formatDate(url.since)}
        </ClearableTag>
      ) : null}
      {url.control ? (
        <button type="button" onClick={() => void setUrl({ control: null })} title="Show all controls">
          <Tag tone="accent">Control {url.control}, clear</Tag>
        </button>
      ) : null}
      {url.show === "found" ? (
        <div className="ml-auto">
          <CsvLink href={csvHref("findings", filter)} what="these findings" />
        </div>
      ) : null}
    </div>
  );
}

/** More critical ones first; with as many, more high ones, and so on down. */
function bySeverity(a: FindingGroup, b: FindingGroup): number {
  for (const severity of SEVERITIES) {
    const difference = (b.bySeverity[severity] ?? 0) - (a.bySeverity[severity] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.title.localeCompare(b.title, "en");
}

function shownGroups(groups: readonly FindingGroup[], show: "found" | "unknown"): readonly FindingGroup[] {
  if (show === "unknown") return groups.filter((group) => group.unknown > 0).sort((a, b) => b.unknown - a.unknown);
  return groups.filter((group) => group.open > 0 || Object.keys(group.bySeverity).length > 0).sort(bySeverity);
}

function LoadingGroups() {
  return (
    <div role="status" aria-label="Loading the findings" className="border-t border-line">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="flex min-h-[57px] items-center gap-3 border-b border-line sm:px-2">
          <Skeleton className="h-4 w-64 max-w-[60%]" />
          <Skeleton className="ml-auto h-4 w-16" />
        </div>
      ))}
    </div>
  );
}

function NothingFound() {
  return (
    <Empty
      className="px-0"
      title="Nothing found"
      action={<ButtonLink href="/findings?show=unknown">See what could not be checked</ButtonLink>}
    >
      Every check that could be answered passed in the last analysis.
    </Empty>
  );
}

function sentence(groups: readonly FindingGroup[], { state, since, show }: Pick<FindingsUrl["url"], "state" | "since" | "show">): string {
  if (show === "unknown") {
    const open = groups.filter((group) => group.unknown > 0);
    const checks = open.reduce((sum, group) => sum + group.unknown, 0);
    return `${plural(checks, "check")} could not be answered, in ${plural(open.length, "rule")}; those with the most come first.`;
  }
  const total = groups.reduce((sum, group) => sum + group.open, 0);
  const when = since ? ` since ${formatDate(since)}` : "";
  if (state === "resolved") return `${plural(total, "finding")} resolved${when}: what later syncs no longer show.`;
  return state === "any"
    ? `${plural(total, "finding")} opened${when}, those that are resolved by now among them.`
    : total === 0
      ? "No open finding."
      : `${formatCount(total)} open in ${plural(groups.filter((group) => group.open > 0).length, "rule")}, those with the most critical ones first.`;
}

export function FindingsPage() {
  const findings = useFindingsUrl();
  const { url, setUrl, filter, filtered, clear } = findings;
  const trpc = useTRPC();
  const query = useQuery(trpc.findings.groups.queryOptions({ filter }, { placeholderData: keepPreviousData }));
  const groups = shownGroups(query.data ?? [], url.show);
  return (
    <Page>
      <PageTitle title="Findings" note={query.data ? sentence(query.data, url) : "Grouped by rule."} />
      <Filters findings={findings} />
      {query.isError ? <Failure what="The findings" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <LoadingGroups /> : null}
      {query.data && groups.length === 0 ? filtered ? <FilteredAway what="findings" onClear={clear} /> : <NothingFound /> : null}
      {groups.length > 0 ? (
        <ul className={cx("border-t border-line", query.isPlaceholderData && "opacity-70")}>
          {groups.map((group) => (
            <GroupItem
              key={group.ruleId}
              group={group}
              filter={filter}
              open={url.rule === group.ruleId}
              onToggle={() => void setUrl({ rule: url.rule === group.ruleId ? null : group.ruleId }, { history: "replace" })}
              onOpenSubject={(identity) => void setUrl({ identity })}
            />
          ))}
        </ul>
      ) : null}
      <IdentityDrawer id={url.identity} onClose={() => void setUrl({ identity: null })} />
    </Page>
  );
}
