import type { IdentityRow } from "@/api/views.ts";
import { formatCount, formatDays, formatInterval } from "@/ui/format.ts";
import type { DataColumn } from "@/ui/data-table/column.ts";
import { Link } from "@/ui/link.tsx";
import { Name } from "@/ui/name.tsx";
import { ScoreCell } from "@/ui/score.tsx";
import { SeverityMark } from "@/ui/severity.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { None, Unknown } from "@/ui/unknown.tsx";
import { word } from "@/ui/words.ts";
import type { Selection } from "@/ui/use-selection.ts";

function Text({ value, reason }: { value: string | null; reason: string }) {
  return value === null ? <Unknown reason={reason} /> : <bdi className="truncate">{value}</bdi>;
}

function NameCell({ row }: { row: IdentityRow }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link href={`/identities/${row.id}`} tabIndex={-1} className="data-link min-w-0 truncate text-base font-medium" title={row.name}>
        <Name value={row.name} />
      </Link>
      {row.tierZero ? (
        <span title="Can come to control everything" className="shrink-0 rounded-sm border border-line-strong px-1 text-xs text-ink-2">
          tier 0
        </span>
      ) : null}
    </span>
  );
}

function CredentialAge({ row }: { row: IdentityRow }) {
  if (row.credentialCount === 0) return <None>No credential</None>;
  return row.oldestCredentialDays === null ? (
    <Unknown reason="The source gives no creation date." />
  ) : (
    <span>{formatDays(row.oldestCredentialDays)}</span>
  );
}

function Findings({ row }: { row: IdentityRow }) {
  if (row.openFindings === 0) return <None />;
  return (
    <span className="flex items-center gap-1.5" title={row.worstSeverity ? `worst: ${row.worstSeverity}` : undefined}>
      {row.worstSeverity ? <SeverityMark severity={row.worstSeverity} /> : null}
      {formatCount(row.openFindings)}
    </span>
  );
}

/** With a box before each name where the viewer may act on several at once. */
export function selectableColumns(selection: Selection<IdentityRow> | null): readonly DataColumn<IdentityRow>[] {
  if (selection === null) return IDENTITY_COLUMNS;
  return IDENTITY_COLUMNS.map((column) =>
    column.id === "name"
      ? { ...column, width: column.width + 28, cell: (row) => <SelectableName row={row} selection={selection} /> }
      : column,
  );
}

function SelectableName({ row, selection }: { row: IdentityRow; selection: Selection<IdentityRow> }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Select ${row.name}`}
        checked={selection.everything || selection.chosen.has(row.id)}
        onChange={(event) => {
          // The keys of the list go on from here.
          event.currentTarget.blur();
          selection.toggle(row);
        }}
        className="size-3.5 shrink-0 accent-(--accent)"
      />
      <NameCell row={row} />
    </span>
  );
}

export const IDENTITY_COLUMNS: readonly DataColumn<IdentityRow>[] = [
  {
    id: "name",
    header: "Identity",
    width: 208,
    grow: true,
    pinned: true,
    sort: "name",
    firstDirection: "asc",
    cell: (row) => <NameCell row={row} />,
  },
  { id: "score", header: "Score", width: 134, sort: "score", cell: (row) => <ScoreCell score={row.score} band={row.band} /> },
  { id: "kind", header: "Kind", width: 112, cell: (row) => <span className="truncate">{word(row.kind)}</span> },
  {
    id: "owner",
    header: "Owner",
    width: 128,
    cell: (row) => (row.owner === null ? <span className="text-ink-3">No owner yet</span> : <bdi className="truncate">{row.owner}</bdi>),
  },
  {
    id: "environment",
    header: "Environment",
    width: 100,
    cell: (row) => (row.environment === null ? <Unknown reason="No tag, name or person says." /> : word(row.environment)),
  },
  { id: "findings", header: "Findings", width: 74, sort: "findings", cell: (row) => <Findings row={row} /> },
  {
    id: "last_used",
    header: "Last used",
    width: 100,
    sort: "last_used",
    cell: (row) =>
      row.lastUsedAt === null ? (
        <Unknown reason="No connected source reports its use." />
      ) : (
        <RelativeTime instant={row.lastUsedAt} className="truncate" />
      ),
  },
  { id: "age", header: "Credential age", width: 104, sort: "age", cell: (row) => <CredentialAge row={row} /> },
  { id: "provider", header: "Provider", width: 96, shownFrom: 1660, cell: (row) => <span className="truncate">{word(row.provider)}</span> },
  {
    id: "blast",
    header: "Reaches",
    width: 84,
    shownFrom: 1560,
    sort: "blast",
    cell: (row) => <span>{formatInterval(row.blastPct)} %</span>,
  },
  {
    id: "account",
    header: "Account",
    width: 132,
    hiddenAtFirst: true,
    cell: (row) => <Text value={row.account} reason="The source names no account." />,
  },
  {
    id: "expiry",
    header: "Next expiry",
    width: 120,
    hiddenAtFirst: true,
    cell: (row) => (row.nextExpiryAt === null ? <None>None known</None> : <RelativeTime instant={row.nextExpiryAt} className="truncate" />),
  },
  { id: "lifecycle", header: "Lifecycle", width: 112, hiddenAtFirst: true, cell: (row) => word(row.lifecycle) },
  { id: "source", header: "Source", width: 168, hiddenAtFirst: true, cell: (row) => <bdi className="truncate">{row.sourceName}</bdi> },
];
