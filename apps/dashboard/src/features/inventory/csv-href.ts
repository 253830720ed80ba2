import type { IdentityFilter } from "@/api/views.ts";

/** The same filter as the rows on screen, as a download. */
export function csvHref(filter: IdentityFilter): string {
  const query = new URLSearchParams({ format: "csv" });
  for (const [name, value] of Object.entries(filter)) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  return `/api/v1/identities?${query.toString()}`;
}
