/** Lists that the API also gives as CSV, by the same filters. */
type Exported = "identities" | "findings" | "tasks";

/** The same filter as the rows on screen, as a download. */
export function csvHref(list: Exported, filter: object): string {
  const query = new URLSearchParams({ format: "csv" });
  for (const [name, value] of Object.entries(filter)) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  return `/api/v1/${list}?${query.toString()}`;
}
