import type { ErrorParts } from "@rollcall/platform";

/** What the worker and its analysis thread say to each other. Plain data. */
export interface ToThread {
  readonly id: number;
  readonly workspaceId: string;
}

export type FromThread =
  /** A line that the thread's logger wrote. */
  | { readonly kind: "log"; readonly line: string }
  | { readonly kind: "done"; readonly id: number }
  | { readonly kind: "failure"; readonly id: number; readonly error: ErrorParts };

/** How the thread finds the data; it opens connections of its own. */
export interface ThreadData {
  readonly appUrl: string;
  readonly limitedUrl: string;
  readonly systemUrl: string;
  readonly idleTransactionMillis: number | undefined;
}
