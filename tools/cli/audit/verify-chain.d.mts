export interface ChainRow {
  readonly workspaceId: string;
  readonly seq: number;
  readonly at: string;
  readonly body: string;
  readonly prevHash: string;
  readonly hash: string;
}
export class ChainVerifier {
  constructor(checkpoints?: readonly { readonly seq: number; readonly hash: string; readonly at: string }[]);
  readonly rows: number;
  add(row: ChainRow): boolean;
  finish(): { readonly seq: number; readonly reason: string } | null;
}
