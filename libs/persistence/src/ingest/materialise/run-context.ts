/** What every step of one materialisation needs to know. `asOf` is the date the sync speaks of: the time of its changes. */
export interface RunContext {
  readonly workspaceId: string;
  readonly syncId: string;
  readonly sourceId: string;
  readonly asOf: string;
}
