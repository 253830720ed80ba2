"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { IdentityRow } from "@/api/views.ts";
import { IdentityDrawer } from "@/features/identity/identity-drawer.tsx";
import { useMay } from "@/features/shell/use-session.ts";
import { ButtonLink } from "@/ui/button.tsx";
import type { Density } from "@/ui/data-table/column.ts";
import { DataTable } from "@/ui/data-table/data-table.tsx";
import { Drawer } from "@/ui/drawer.tsx";
import { formatDate } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Empty, Failure, FilteredAway, Skeleton } from "@/ui/states.tsx";
import { ClearableTag } from "@/ui/tag.tsx";
import { LENS_MEANING, type Lens } from "./lenses.ts";
import { selectableColumns } from "./identity-columns.tsx";
import { InventoryFacets } from "./inventory-facets.tsx";
import { InventoryToolbar } from "./inventory-toolbar.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useIdentityRows } from "./use-identity-rows.ts";
import { useInventoryUrl } from "./use-inventory-url.ts";
import { useSelection, type Selection } from "@/ui/use-selection.ts";
import { useTableLook } from "./use-table-look.ts";
import { ViewTabs } from "./view-tabs.tsx";

type InventoryUrl = ReturnType<typeof useInventoryUrl>;

function RowsSkeleton() {
  return (
    <div className="flex-1 overflow-hidden px-4 pt-8 sm:px-8" role="status" aria-label="Loading identities">
      {Array.from({ length: 18 }, (_, index) => (
        <div key={index} className="flex h-9 items-center gap-6 border-b border-line">
          <Skeleton className="h-3 w-64 max-w-[50%]" />
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-32 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}

function NothingConnected({ mayImport }: { mayImport: boolean }) {
  return (
    <Empty
      title="Nothing is connected yet"
      action={
        mayImport ? (
          <ButtonLink tone="primary" href="/welcome">
            Bring your first export
          </ButtonLink>
        ) : null
      }
    >
      Identities appear here seconds after the first import. Until then there are only{" "}
      <Link href="/inventory?provider=rollcall" className="data-link">
        those of Rollcall itself
      </Link>
      .
    </Empty>
  );
}

function InventoryRows({
  inventory,
  rows,
}: {
  inventory: InventoryUrl;
  rows: ReturnType<typeof useIdentityRows> & {
    hidden: Readonly<Record<string, boolean>>;
    density: Density;
    selection: Selection<IdentityRow> | null;
  };
}) {
  const { url, setUrl, filtered, clear } = inventory;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { selection } = rows;
  const columns = useMemo(() => selectableColumns(selection), [selection]);
  const selected = useMemo(() => new Set(selection?.chosen.keys()), [selection]);
  if (rows.query.isError)
    return <Failure what="The inventory" error={rows.query.error} onRetry={() => void rows.query.refetch()} className="m-8" />;
  if (!rows.query.data) return <RowsSkeleton />;
  const empty = filtered ? <FilteredAway what="identities" onClear={clear} /> : <NothingConnected mayImport={selection !== null} />;
  // Rollcall's own identities alone are no inventory yet; who asks for them finds them.
  if (!filtered && !rows.query.hasNextPage && rows.rows.every(({ provider }) => provider === "rollcall")) return empty;
  return (
    <DataTable
      label="Identities"
      columns={columns}
      selected={selected}
      {...(selection ? { onToggle: selection.toggle } : {})}
      rows={rows.rows}
      total={rows.total?.count ?? rows.rows.length}
      hidden={rows.hidden}
      density={rows.density}
      sort={{ column: url.sort, direction: url.direction }}
      onSort={(sort) => void setUrl({ sort: sort.column as typeof url.sort, direction: sort.direction })}
      openId={url.identity}
      onOpen={(row) => void setUrl({ identity: row.id }, { history: url.identity === null ? "push" : "replace" })}
      onHover={(row) => void queryClient.prefetchQuery(trpc.identities.get.queryOptions({ id: row.id }, { staleTime: 60_000 }))}
      hasMore={rows.query.hasNextPage}
      onMore={rows.more}
      empty={empty}
    />
  );
}

/** What is shown, in words: a view by its definition, a period by its beginning. */
function Meaning({ lens, since, onSince }: { lens: readonly Lens[]; since: string | null; onSince: () => void }) {
  if (lens.length === 0 && since === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-2 text-sm text-ink-2 sm:px-8">
      {lens.map((one) => (
        <p key={one} className="measure">
          {LENS_MEANING[one]}
        </p>
      ))}
      {since === null ? null : <ClearableTag onClear={onSince}>First seen since {formatDate(since)}</ClearableTag>}
    </div>
  );
}

export function InventoryPage() {
  const inventory = useInventoryUrl();
  const { url, setUrl, filter } = inventory;
  const rows = useIdentityRows({ filter, sort: url.sort, direction: url.direction });
  const look = useTableLook();
  const may = useMay();
  const chosen = useSelection<IdentityRow>(filter, rows.total?.count ?? 0);
  const selection = may.import ? chosen : null;
  const [filtersOpen, setFiltersOpen] = useState(false);
  const facets = (
    <InventoryFacets
      filter={filter}
      selected={url}
      onChange={(field, values) => void setUrl({ [field]: values.length > 0 ? values : null })}
    />
  );
  return (
    <div className="flex h-[calc(100dvh-48px)] flex-col max-md:h-[calc(100dvh-104px)]" data-print="flow">
      <h1 className="sr-only">Inventory</h1>
      <div className="pt-2">
        <ViewTabs lens={url.lens} onLens={(lens) => void setUrl({ lens })} />
        <Meaning lens={url.lens} since={url.since} onSince={() => void setUrl({ since: null })} />
      </div>
      <div className="flex min-h-0 flex-1" data-print="flow">
        <aside
          aria-label="Filters"
          data-print="hide"
          tabIndex={0}
          className="w-[232px] shrink-0 overflow-y-auto border-r border-line px-8 py-4 pr-5 -outline-offset-2 max-lg:hidden"
        >
          {facets}
        </aside>
        <div className="flex min-w-0 flex-1 flex-col" data-print="flow">
          <div data-print="hide" className="flex flex-wrap items-center gap-2 px-4 py-2 sm:px-8">
            {selection !== null && selection.count > 0 && rows.total ? (
              <SelectionBar selection={selection} filter={filter} total={rows.total} />
            ) : (
              <InventoryToolbar inventory={inventory} total={rows.total} onFilters={() => setFiltersOpen(true)} look={look} />
            )}
          </div>
          <InventoryRows inventory={inventory} rows={{ ...rows, ...look, selection }} />
        </div>
      </div>
      <Drawer open={filtersOpen} onClose={() => setFiltersOpen(false)} title="Filters">
        {facets}
      </Drawer>
      <IdentityDrawer id={url.identity} onClose={() => void setUrl({ identity: null })} />
    </div>
  );
}
