import type { ParsedImport } from "@rollcall/posture-pipeline";

/** An import as the push connector reads it: one envelope per source, then its observations, one a line. */
export function* ndjsonLines(source: ParsedImport): Generator<string> {
  const scopes = source.reports.map(({ scope, outcome, note }) => ({
    dataset: scope.dataset,
    outcome,
    ...(note === undefined ? {} : { note }),
  }));
  const name = source.connector === "push" ? { source: source.account } : { source: source.connector, account: source.account };
  yield JSON.stringify({ ...name, asOf: source.asOf, scopes });
  const several = source.reports.length > 1;
  for (const { scope, observation } of source.observations)
    yield JSON.stringify(several ? { ...observation, dataset: scope.dataset } : observation);
}
