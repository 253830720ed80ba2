import type { Credential } from "@/api/views.ts";
import { AgeBar } from "@/ui/age-bar.tsx";
import type { DataColumn } from "@/ui/data-table/column.ts";
import { Link } from "@/ui/link.tsx";
import { Name } from "@/ui/name.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { None, Unknown } from "@/ui/unknown.tsx";
import { word } from "@/ui/words.ts";

export function Expiry({ credential }: { credential: Credential }) {
  if (credential.expiresAt) return <RelativeTime instant={credential.expiresAt} className="truncate" />;
  return credential.hasExpiry === false ? <None>Never</None> : <Unknown />;
}

export const CREDENTIAL_COLUMNS: readonly DataColumn<Credential>[] = [
  {
    id: "identity",
    header: "Identity",
    width: 220,
    grow: true,
    pinned: true,
    cell: (row) => (
      <Link
        href={`/identities/${row.identityId}?tab=credentials`}
        tabIndex={-1}
        className="data-link min-w-0 truncate text-base font-medium"
        title={row.identityName}
      >
        <Name value={row.identityName} />
      </Link>
    ),
  },
  // What the list is sorted by stands beside the name, in sight on a phone as well.
  { id: "expires", header: "Expires", width: 128, cell: (row) => <Expiry credential={row} /> },
  { id: "kind", header: "Kind", width: 168, cell: (row) => <span className="truncate">{word(row.kind)}</span> },
  {
    id: "name",
    header: "Name",
    width: 200,
    cell: (row) =>
      row.name ? (
        <bdi className="truncate font-mono text-xs text-ink-2" title={row.name}>
          {row.name}
        </bdi>
      ) : (
        <None>No name</None>
      ),
  },
  { id: "age", header: "Age", width: 272, cell: (row) => <AgeBar ageDays={row.ageDays} windowDays={row.rotationWindowDays} /> },
  {
    id: "used",
    header: "Last used",
    width: 128,
    cell: (row) => (row.lastUsedAt ? <RelativeTime instant={row.lastUsedAt} className="truncate" /> : <Unknown />),
  },
];
