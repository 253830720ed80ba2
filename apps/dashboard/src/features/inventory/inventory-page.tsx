"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import { IdentityDrawer } from "@/features/identity/identity-drawer.tsx";
import { ButtonLink } from "@/ui/button.tsx";
import { ColumnsMenu, DensityButton } from "@/ui/data-table/columns-menu.tsx";
import type { Density } from "@/ui/data-table/column.ts";
import { DataTable } from "@/ui/data-table/data-table.tsx";
import { Drawer } from "@/ui/drawer.tsx";
import { SearchField } from "@/ui/search-field.tsx";
import { Empty, Failure, FilteredAway, Skeleton } from "@/ui/states.tsx";
import { Tabs } from "@/ui/tabs.tsx";
import { useRemembered } from "@/ui/use-remembered.ts";
import { csvHref } from "./csv-href.ts";
import { HIDDEN_AT_FIRST, IDENTITY_COLUMNS } from "./identity-columns.tsx";
import { InventoryFacets } from "./inventory-facets.tsx";
import { CsvLink, FiltersButton, MatchCount } from "./inventory-toolbar.tsx";
import { FURTHER_LENSES, LENSES, type Lens } from "./lenses.ts";
import { useIdentityRows } from "./use-identity-rows.ts";
import { FACET_FIELDS, useInventoryUrl } from "./use-inventory-url.ts";

type InventoryUrl = ReturnType<typeof useInventoryUrl>;

function LensTabs({ lens, onLens }: { lens: readonly Lens[]; onLens: (lens: Lens[] | null) => void }) {
  const shown = [...LENSES, ...FURTHER_LENSES.filter((further) => lens.includes(further.id))];
  return (
    <Tabs
      label="Views"
      className="px-4 sm:px-8"
      value={lens[0] ?? "all"}
      onChange={(id) => onLens(id === "all" ? null : [id])}
      items={[{ id: "all" as const, label: "All" }, ...shown]}
    />
  );
}

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

function InventoryRows({
  inventory,
  rows,
}: {
  inventory: InventoryUrl;
  rows: ReturnType<typeof useIdentityRows> & { hidden: Readonly<Record<string, boolean>>; density: Density };
}) {
  const { url, setUrl, filtered, clear } = inventory;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  if (rows.query.isError)
    return <Failure what="The inventory" error={rows.query.error} onRetry={() => void rows.query.refetch()} className="m-8" />;
  if (!rows.query.data) return <RowsSkeleton />;
  const empty = filtered ? (
    <FilteredAway what="identities" onClear={clear} />
  ) : (
    <Empty
      title="Nothing is connected yet"
      action={
        <ButtonLink tone="primary" href="/welcome">
          Bring your first export
        </ButtonLink>
      }
    >
      Identities appear here seconds after the first import.
    </Empty>
  );
  return (
    <DataTable
      label="Identities"
      columns={IDENTITY_COLUMNS}
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

export function InventoryPage() {
  const inventory = useInventoryUrl();
  const { url, setUrl, filter } = inventory;
  const rows = useIdentityRows({ filter, sort: url.sort, direction: url.direction });
  const [hidden, setHidden] = useRemembered("inventory-columns", HIDDEN_AT_FIRST);
  const [density, setDensity] = useRemembered<Density>("density", "comfortable");
  const [filtersOpen, setFiltersOpen] = useState(false);
  const chosen = FACET_FIELDS.reduce((sum, field) => sum + url[field].length, 0);
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
        <LensTabs lens={url.lens} onLens={(lens) => void setUrl({ lens })} />
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
            <SearchField
              label="Search by name or identifier"
              placeholder="Name or identifier"
              value={url.q}
              onChange={(q) => void setUrl({ q: q || null }, { history: "replace" })}
            />
            <MatchCount total={rows.total} />
            <div className="ml-auto flex items-center gap-1">
              <FiltersButton count={chosen} onClick={() => setFiltersOpen(true)} />
              <CsvLink href={csvHref(filter)} />
              <ColumnsMenu columns={IDENTITY_COLUMNS} hidden={hidden} onHidden={setHidden} />
              <DensityButton density={density} onDensity={setDensity} />
            </div>
          </div>
          <InventoryRows inventory={inventory} rows={{ ...rows, hidden, density }} />
        </div>
      </div>
      <Drawer open={filtersOpen} onClose={() => setFiltersOpen(false)} title="Filters">
        {facets}
      </Drawer>
      <IdentityDrawer id={url.identity} onClose={() => void setUrl({ identity: null })} />
    </div>
  );
}
