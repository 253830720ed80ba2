import type { ConnectorManifest, ReadStore, SourceView } from "@rollcall/posture-pipeline";

type StoredSource = Awaited<ReturnType<ReadStore["listSources"]>>[number];

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** `2019-05-07T...Z` -> `7 May 2019`, in UTC: the day the export speaks of is the same for every reader. */
export function dayInWords(instant: string): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "Read 12 of 14 datasets, as of 7 May 2019; Access Advisor was denied (needs iam:GetServiceLastAccessedDetails)." */
export function sourceSentence(source: StoredSource, manifest: ConnectorManifest | undefined): string {
  if (source.datasets.length === 0) return source.state === "syncing" ? "The first read is under way." : "Nothing was read yet.";
  const complete = source.datasets.filter((dataset) => dataset.outcome === "complete").length;
  const asOf = source.asOf === null ? "" : `, as of ${dayInWords(source.asOf)}`;
  const problems = source.datasets
    .filter((dataset) => dataset.outcome !== "complete")
    .map((dataset) => {
      const title = manifest?.datasets.find((known) => known.id === dataset.dataset)?.title ?? dataset.dataset;
      const region = dataset.region === "global" ? "" : ` (${dataset.region})`;
      const needs = dataset.missingPermission === null ? "" : `, needs ${dataset.missingPermission}`;
      return `${title}${region} ${outcomeWords[dataset.outcome] ?? dataset.outcome}${needs}`;
    });
  const list = problems.length === 0 ? "" : `; ${problems.join("; ")}`;
  return `Read ${complete} of ${source.datasets.length} ${source.datasets.length === 1 ? "dataset" : "datasets"}${asOf}${list}.`;
}

const outcomeWords: Readonly<Record<string, string>> = { partial: "was read in part", denied: "was denied", failed: "could not be read" };

export function sourceView(source: StoredSource, manifests: readonly ConnectorManifest[]): SourceView {
  const manifest = manifests.find((candidate) => candidate.id === source.connector);
  return { ...source, connectorTitle: manifest?.title ?? source.connector, sentence: sourceSentence(source, manifest) };
}
