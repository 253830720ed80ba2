import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { resolveAsOf } from "../input/as-of.ts";
import { Collector, compare } from "../observe/collector.ts";
import { normaliseRepository, normaliseWorkflow } from "./normalise.ts";
import { jobsFor } from "./called-jobs.ts";
import { readWorkflow } from "./read-workflow.ts";
import type { Workflow } from "./read-workflow.ts";
import { repositoryOf } from "./repository-of.ts";
import type { RepositoryName } from "./repository-of.ts";

/** Reads workflow files, one result per repository. Files cannot tell that there are no others, so nothing here says that something is gone. */
export function parseWorkflows(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  const byRepository = Map.groupBy(files, (file) => {
    const { owner, name } = repositoryOf(file.name, options.accountHint);
    return `${owner}/${name}`;
  });
  return [...byRepository]
    .sort(([a], [b]) => compare(a, b))
    .map(([account, own]) =>
      parseRepository(
        account,
        own.toSorted((a, b) => compare(a.name, b.name)),
        options,
      ),
    );
}

function parseRepository(account: string, files: readonly ImportFile[], options: ParseOptions): ParsedImport {
  const repository = repositoryOf(files[0]!.name, options.accountHint);
  const collector = new Collector("github_actions", account);
  const { asOf, basis } = resolveAsOf(options, { stated: [], newestFact: undefined, files });
  normaliseRepository(collector, repository, files[0]!.name);
  const read = files.flatMap((file): Workflow[] => {
    const workflow = readWorkflow(file);
    if (typeof workflow !== "string") return [workflow];
    collector.reject(file.name, "invalid_record", `${file.name} ${workflow}`);
    return [];
  });
  const byFile = new Map(read.map((workflow) => [workflow.file, workflow]));
  for (const workflow of read) normaliseWorkflow(collector, repository, { workflow, jobs: jobsFor(workflow, byFile) });
  addNotes(collector, repository, read);
  for (const dataset of ["repository", "workflows", "secrets"])
    collector.report(dataset, { outcome: "partial", observedAt: asOf, note: "Files show what is there, not that nothing else is." });
  collector.finish(asOf);
  return {
    connector: "github_actions",
    account,
    sourceName: `GitHub Actions ${account}`,
    asOf,
    asOfBasis: basis,
    ...collector.stated(),
    totals: { workflows: read.length },
  };
}

function addNotes(collector: Collector, { isKnown }: RepositoryName, read: readonly Workflow[]): void {
  if (!isKnown)
    collector.notes.add(
      "The files do not say which repository they belong to: name it (owner/repository), or keep them under owner/repository/.github/workflows.",
    );
  if (read.some((workflow) => workflow.jobs.some((job) => job.inheritsSecrets)))
    collector.notes.add(
      "Some jobs hand every secret of the repository to the workflow they call; which ones that are is not in the files.",
    );
}
