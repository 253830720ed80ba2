"use client";

import { SlidersHorizontal } from "lucide-react";
import { csvHref } from "@/api/csv-href.ts";
import { Button } from "@/ui/button.tsx";
import { CsvLink } from "@/ui/csv-link.tsx";
import { ColumnsMenu, DensityButton } from "@/ui/data-table/columns-menu.tsx";
import { formatCount } from "@/ui/format.ts";
import { SearchField } from "@/ui/search-field.tsx";
import { IDENTITY_COLUMNS } from "./identity-columns.tsx";
import { FACET_FIELDS, type useInventoryUrl } from "./use-inventory-url.ts";
import type { useTableLook } from "./use-table-look.ts";

function MatchCount({ total }: { total: { readonly count: number; readonly capped: boolean } | null }) {
  return (
    <p role="status" className="min-w-24 text-sm whitespace-nowrap text-ink-3">
      {total === null
        ? ""
        : `${total.capped ? "more than " : ""}${formatCount(total.count)} ${total.count === 1 ? "identity" : "identities"}`}
    </p>
  );
}

function FiltersButton({ count, onClick }: { count: number; onClick: () => void }) {
  return (
    <Button onClick={onClick} className="lg:hidden">
      <SlidersHorizontal aria-hidden className="size-3.5" strokeWidth={1.75} />
      Filters{count > 0 ? ` (${count})` : ""}
    </Button>
  );
}

interface InventoryToolbarProps {
  readonly inventory: ReturnType<typeof useInventoryUrl>;
  readonly total: { readonly count: number; readonly capped: boolean } | null;
  readonly look: ReturnType<typeof useTableLook>;
  readonly onFilters: () => void;
}

export function InventoryToolbar({ inventory: { url, search, filter }, total, look, onFilters }: InventoryToolbarProps) {
  const chosen = FACET_FIELDS.reduce((sum, field) => sum + url[field].length, 0);
  return (
    <>
      <SearchField label="Search by name or identifier" placeholder="Name or identifier" value={url.q} onChange={search} />
      <MatchCount total={total} />
      <div className="ml-auto flex items-center gap-1">
        <FiltersButton count={chosen} onClick={onFilters} />
        <CsvLink href={csvHref("identities", filter)} />
        <ColumnsMenu columns={IDENTITY_COLUMNS} hidden={look.hidden} onHidden={look.setHidden} />
        <DensityButton density={look.density} onDensity={look.setDensity} />
      </div>
    </>
  );
}
