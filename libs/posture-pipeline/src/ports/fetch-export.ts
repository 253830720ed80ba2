/** Where the next page of a paged answer stands, when no Link header says so. Fields are dotted paths. */
export interface CursorPaging {
  /** The list; empty = the answer itself is one. */
  readonly itemsField: string;
  /** What the next page is asked with: a cursor, or its whole address. */
  readonly cursorField: string;
  readonly cursorParameter: string;
}

export interface ExportRequest {
  readonly url: string;
  /** What proves who asks; empty = nothing does. */
  readonly headers: Readonly<Record<string, string>>;
  /** Values that must never come back: an answer that repeats one is read without it. */
  readonly secrets: readonly string[];
  readonly paging: CursorPaging | null;
}

export interface FetchProgress {
  readonly pages: number;
  readonly bytes: number;
  /** Why it stands still, in words; null while it reads. */
  readonly waiting: string | null;
}

export interface FetchControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: FetchProgress) => Promise<void>;
}

/** `complete`: to the last page. `partial`: some pages. `failed`: nothing. `note` says why, for the person who connected it. */
export interface FetchedExport {
  readonly outcome: "complete" | "partial" | "failed";
  readonly body: Uint8Array | null;
  readonly contentType: string;
  /** RFC 3339; when the other side says how old a single answer is. */
  readonly modifiedAt: string | null;
  readonly pages: number;
  readonly bytes: number;
  readonly note: string | null;
  /** As the other side names it. */
  readonly missingPermission: string | null;
  /** The other side does not want to be asked earlier. */
  readonly retryAfterMillis: number | null;
}

/** Port: reads an export over the network. Rejects only when `signal` was aborted. */
export type FetchExport = (request: ExportRequest, control: FetchControl) => Promise<FetchedExport>;
