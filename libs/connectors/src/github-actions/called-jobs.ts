import type { Workflow, WorkflowJob } from "./read-workflow.ts";

/** GitHub nests calls no deeper. */
const mostLevels = 10;
const mostJobs = 1_000;

/**
 * The jobs that run for a workflow: its own, and in the place of calls within the repository those of the workflow that is called. They run
 * for the caller's events, and with no more than the caller's job may do.
 */
export function jobsFor(workflow: Workflow, byFile: ReadonlyMap<string, Workflow>): readonly WorkflowJob[] {
  let jobs: readonly WorkflowJob[] = workflow.jobs;
  for (let level = 0; level < mostLevels && jobs.length < mostJobs; level += 1) {
    const called = jobs.map((job) => calledBy(job, byFile));
    if (called.every((each) => each === null)) break;
    jobs = jobs.flatMap((job, index) => called[index] ?? [job]);
  }
  return jobs;
}

/** Null for a job that calls nothing, or what no file shows. */
function calledBy(caller: WorkflowJob, byFile: ReadonlyMap<string, Workflow>): readonly WorkflowJob[] | null {
  const file = /^\.\/\.github\/workflows\/([^/@]+\.ya?ml)$/.exec(caller.calls ?? "")?.[1];
  const called = file === undefined ? undefined : byFile.get(file);
  if (called === undefined) return null;
  return called.jobs.map((job) => {
    const isLimited = job.raw["permissions"] !== undefined || called.raw["permissions"] !== undefined;
    const idToken = caller.idToken === "write" && (!isLimited || job.idToken === "write") ? "write" : "none";
    return { ...job, idToken };
  });
}
