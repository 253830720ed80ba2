import type { ErrorParts } from "@rollcall/platform";
import type { TableMapping } from "@rollcall/nhi-model";
import type { ImportFile, ParsedImport, ScopedObservation } from "@rollcall/posture-pipeline";

/** What a reading thread is told and answers. Plain data. */
export interface ReadRequest {
  readonly files: readonly ImportFile[];
  readonly asOf: string | null;
  readonly accountHint: string | null;
  readonly receivedAt: string;
  readonly workspaceId: string;
  readonly table?: TableMapping | null;
}

export type ToReader = { readonly kind: "read"; readonly request: ReadRequest } | { readonly kind: "more" };

/** An import without its observations: those follow in batches, and the next head ends them. */
export type ImportHead = Omit<ParsedImport, "observations">;

export type FromReader =
  | { readonly kind: "head"; readonly head: ImportHead }
  | { readonly kind: "batch"; readonly observations: readonly ScopedObservation[] }
  | { readonly kind: "done" }
  | { readonly kind: "failure"; readonly error: ErrorParts };

/** The root of all keys, of which the thread derives the one that fingerprints secrets in a workspace. */
export interface ReaderData {
  readonly rootKey: Uint8Array | string;
}

export const batching = {
  /** Taken over in one turn of the event loop: small enough that nobody else notices. */
  observationsPerBatch: 500,
  /** Batches on the way at once. Beyond it the thread waits, so that they do not pile up here while the database is slow. */
  batchesAhead: 4,
} as const;
