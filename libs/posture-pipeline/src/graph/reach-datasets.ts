import type { ConnectorManifest } from "../ports/connector.ts";
import type { SourceReading } from "../ports/read-store.ts";

/** By `connector/dataset`: its title, or null when nothing in it can add to what somebody reaches. */
export type ReachDatasets = Readonly<Record<string, string | null>>;

/** Who last used what, and who answers for it, opens no way. */
const opensWays: ReadonlySet<string> = new Set(["grant", "resource", "credential"]);

export const reachDatasets = (manifests: readonly ConnectorManifest[]): ReachDatasets =>
  Object.fromEntries(
    manifests.flatMap(({ id: connector, datasets }) =>
      datasets.map(({ id, title, emits }) => [`${connector}/${id}`, emits.some((kind) => opensWays.has(kind)) ? title : null]),
    ),
  );

/** The title of a dataset, or null when it opens no way. One that no manifest knows, as pushed ones, may open some: it goes by its own name. */
export function titleForReach(known: ReachDatasets, connector: string, dataset: string): string | null {
  const title = known[`${connector}/${dataset}`];
  return title === undefined ? dataset : title;
}

/** The reading with what bears on reach of its datasets, by title. */
export function aboutReach(reading: SourceReading, known: ReachDatasets): SourceReading {
  const titles = reading.inPart.map((dataset) => titleForReach(known, reading.connector, dataset));
  return { ...reading, inPart: titles.filter((title) => title !== null) };
}
