/** What every step of one materialisation needs to know. `asOf` is the date the sync speaks of: the time of its changes. */
export interface RunContext {
  readonly workspaceId: string;
  readonly syncId: string;
  readonly sourceId: string;
  readonly asOf: string;
}

/** The values of a step's statements: `$1` workspace, `$2` source, `$3` sync, `$4` date. */
export const valuesOf = (run: RunContext): readonly [string, string, string, string] => [
  run.workspaceId,
  run.sourceId,
  run.syncId,
  run.asOf,
];
