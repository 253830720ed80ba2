/** `asOf` is the date the sync speaks of: the time of its changes. */
export interface RunIds {
  readonly workspaceId: string;
  readonly syncId: string;
  readonly sourceId: string;
  readonly asOf: string;
  /** Merge everything that the source states, and not only the groups that the sync touched. */
  readonly everything: boolean;
}

/** What every step of one materialisation needs to know. */
export interface RunContext extends RunIds {
  /** Whether the planner should look at the drafts before it plans: they are more than a few. */
  readonly analyse: boolean;
}

export const analysing = (run: RunContext, table: string): readonly string[] => (run.analyse ? [`analyze ${table}`] : []);

/** The values of a step's statements: `$1` workspace, `$2` source, `$3` sync, `$4` date. */
export const valuesOf = (run: RunIds): readonly [string, string, string, string] => [run.workspaceId, run.sourceId, run.syncId, run.asOf];
