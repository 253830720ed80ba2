import { plural } from "@/ui/format.ts";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { word } from "@/ui/words.ts";
import { mappingOf, type MappingDraft } from "./draft.ts";
import { useOutcome, type TableSeen, type UnknownTable } from "./use-tables.ts";

const mostShown = 8;

function Records({ creates, rows }: { creates: TableSeen["creates"]; rows: number }) {
  const shown = creates.slice(0, mostShown);
  return (
    <div>
      <h3 className="text-sm font-medium">
        {creates.length === 0
          ? `Nothing comes of the first ${plural(rows, "row")}`
          : `The first ${plural(rows, "row")} would become ${plural(creates.length, "record")}`}
      </h3>
      {shown.length === 0 ? null : (
        <div className="mt-1 overflow-x-auto" tabIndex={0} role="region" aria-label="What the first rows would become">
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b border-line text-left text-ink-3">
                <th scope="col" className="py-1 pr-4 font-normal">
                  Name
                </th>
                <th scope="col" className="py-1 pr-4 font-normal">
                  Becomes
                </th>
                <th scope="col" className="py-1 font-normal max-sm:hidden">
                  Identified by
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((record) => (
                <tr key={`${record.kind} ${record.ref}`} className="border-b border-line last:border-b-0">
                  <td className="max-w-48 truncate py-1.5 pr-4">
                    <bdi>{record.name}</bdi>
                    {record.ref === record.name ? null : (
                      <bdi className="block truncate font-mono text-xs text-ink-3 sm:hidden">{record.ref}</bdi>
                    )}
                  </td>
                  <td className="py-1.5 pr-4 whitespace-nowrap">
                    {word(record.detail)}
                    {record.kind === "credential" ? <span className="text-ink-3">, credential</span> : null}
                  </td>
                  <td className="max-w-56 truncate py-1.5 font-mono text-xs text-ink-3 max-sm:hidden">
                    <bdi>{record.ref}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {creates.length > shown.length ? (
        <p className="mt-1 text-xs text-ink-3">and {creates.length - shown.length} more of these rows</p>
      ) : null}
    </div>
  );
}

function LeftOut({ rejected }: { rejected: TableSeen["rejected"] }) {
  if (rejected.length === 0) return null;
  return (
    <div className="border-l-2 border-high pl-3">
      <h3 className="text-sm font-medium">{plural(rejected.length, "row")} of them would be left out</h3>
      <ul className="mt-1">
        {rejected.slice(0, mostShown).map((record) => (
          <li key={record.where + record.code} className="border-b border-line py-1.5 text-sm last:border-b-0">
            <bdi className="font-mono text-xs text-ink-3">{record.where}</bdi>
            <span className="block first-letter:uppercase">{record.message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What would come of the first rows, as often as the meaning of a column changes. */
export function Outcome({ table, draft }: { table: UnknownTable; draft: MappingDraft }) {
  const query = useOutcome(table, draft);
  if (mappingOf({ ...draft, source: "preview" }) === null) return null;
  if (query.isError) return <Failure what="The preview" error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton className="h-40" />;
  const { creates, rows, rejected, notes } = query.data;
  return (
    <div aria-live="polite" className="flex flex-col gap-4">
      <Records creates={creates} rows={rows} />
      <LeftOut rejected={rejected} />
      {notes.map((note) => (
        <p key={note} className="measure text-sm text-ink-2">
          {note}
        </p>
      ))}
    </div>
  );
}
