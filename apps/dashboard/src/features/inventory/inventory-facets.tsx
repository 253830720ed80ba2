"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { Facet, IdentityFilter } from "@/api/views.ts";
import { FacetRail, type FacetGroup } from "@/ui/facet-rail.tsx";
import { Skeleton } from "@/ui/states.tsx";
import { word } from "@/ui/words.ts";
import type { FACET_FIELDS } from "./use-inventory-url.ts";

const TITLES: Readonly<Record<Facet["field"], string>> = {
  band: "Score band",
  kind: "Kind",
  provider: "Provider",
  environment: "Environment",
  owner: "Owner",
  lifecycle: "Lifecycle",
  account: "Account",
  source: "Source",
};
const ORDER: readonly Facet["field"][] = ["band", "kind", "provider", "environment", "owner", "lifecycle", "account", "source"];
const BAND_ORDER = ["critical", "high", "medium", "low"];
/** Values out of a closed vocabulary are put into words; foreign names stay as they are. */
const CLOSED = new Set<Facet["field"]>(["band", "kind", "provider", "environment", "lifecycle"]);

function groupsOf(facets: readonly Facet[]): FacetGroup[] {
  return ORDER.flatMap((field) => {
    const facet = facets.find((candidate) => candidate.field === field);
    if (!facet) return [];
    const values = facet.values
      .filter((value) => value.value !== "")
      .map((value) => ({ ...value, label: CLOSED.has(field) ? word(value.value) : value.label }));
    if (field === "band") values.sort((a, b) => BAND_ORDER.indexOf(a.value) - BAND_ORDER.indexOf(b.value));
    return values.length > 0 ? [{ field, title: TITLES[field], values }] : [];
  });
}

interface InventoryFacetsProps {
  readonly filter: IdentityFilter;
  readonly selected: Readonly<Record<(typeof FACET_FIELDS)[number], readonly string[]>>;
  readonly onChange: (field: string, values: readonly string[]) => void;
}

export function InventoryFacets({ filter, selected, onChange }: InventoryFacetsProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.identities.facets.queryOptions({ filter }, { placeholderData: keepPreviousData }));
  if (!query.data) {
    return (
      <div className="flex flex-col gap-5">
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} className="h-36" />
        ))}
      </div>
    );
  }
  return <FacetRail groups={groupsOf(query.data)} selected={selected} onChange={onChange} />;
}
