export interface ChainRow {
  readonly workspaceId: string;
  readonly seq: number;
  readonly at: string;
  readonly body: string;
  readonly prevHash: string;
  readonly hash: string;
}
export interface PrunedSegment {
  readonly workspaceId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly prevHash: string;
  readonly lastHash: string;
  readonly prunedAt: string;
  readonly publicKey: string;
  readonly signature: string;
}
export class ChainVerifier {
  constructor(checkpoints?: readonly { readonly seq: number; readonly hash: string; readonly at: string }[]);
  readonly rows: number;
  readonly pruned: number;
  addSegment(segment: PrunedSegment, publicKey?: string): boolean;
  add(row: ChainRow): boolean;
  finish(): { readonly seq: number; readonly reason: string } | null;
}
