import type { ErrorParts } from "@rollcall/platform";
import type { GraphQuestion, ReachDatasets } from "@rollcall/posture-pipeline";

/** What the HTTP process and the graph thread say to each other. Plain data. */
export type ToThread =
  | { readonly kind: "ask"; readonly id: number; readonly workspaceId: string; readonly question: GraphQuestion }
  | { readonly kind: "cancel"; readonly id: number };

export type FromThread =
  /** The graph is loaded: from here on it is the question that takes time. */
  | { readonly kind: "begin"; readonly id: number }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly error: ErrorParts };

/** How the thread finds the data; it opens connections of its own. */
export interface ThreadData {
  readonly appUrl: string;
  readonly systemUrl: string;
  /** Graphs that are held together may take this much. */
  readonly memoryBytes: number;
  readonly reachDatasets: ReachDatasets;
}
