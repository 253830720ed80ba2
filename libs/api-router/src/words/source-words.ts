import type { ConnectorManifest, ReadStore, SourceView } from "@rollcall/posture-pipeline";

type StoredSource = Awaited<ReturnType<ReadStore["listSources"]>>[number];

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** `2019-05-07T...Z` -> `7 May 2019`, in UTC: the day the export speaks of is the same for every reader. */
export function dayInWords(instant: string): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "Read 12 of 14 datasets completely, as of 7 May 2019; denied: Access Advisor (needs iam:GetServiceLastAccessedDetails)." */
export function sourceSentence(source: StoredSource, manifest: ConnectorManifest | undefined): string {
  if (source.datasets.length === 0) return source.state === "syncing" ? "The first read is under way." : "Nothing was read yet.";
  const complete = source.datasets.filter((dataset) => dataset.outcome === "complete").length;
  const asOf = source.asOf === null ? "" : `, as of ${dayInWords(source.asOf)}`;
  const nameOf = (dataset: StoredSource["datasets"][number]): string => {
    const title = manifest?.datasets.find((known) => known.id === dataset.dataset)?.title ?? dataset.dataset;
    const region = dataset.region === "global" ? "" : `, ${dataset.region}`;
    const needs = dataset.missingPermission === null ? "" : `, needs ${dataset.missingPermission}`;
    const more = `${region}${needs}`.replace(/^, /, "");
    return more === "" ? title : `${title} (${more})`;
  };
  const problems = outcomes.flatMap(([outcome, words]) => {
    const names = source.datasets.filter((dataset) => dataset.outcome === outcome).map(nameOf);
    return names.length === 0 ? [] : [`; ${words}: ${names.join(", ")}`];
  });
  const completely = problems.length === 0 ? "" : " completely";
  return `Read ${complete} of ${source.datasets.length} ${source.datasets.length === 1 ? "dataset" : "datasets"}${completely}${asOf}${problems.join("")}.`;
}

/** What keeps most from being known comes first. */
const outcomes = [
  ["denied", "denied"],
  ["failed", "could not be read"],
  ["partial", "read in part"],
] as const;

export function sourceView(source: StoredSource, manifests: readonly ConnectorManifest[]): SourceView {
  const manifest = manifests.find((candidate) => candidate.id === source.connector);
  return { ...source, connectorTitle: manifest?.title ?? source.connector, sentence: sourceSentence(source, manifest) };
}
