import type { AccessGraph } from "@rollcall/access-graph";
import type { PathView } from "@rollcall/posture-pipeline";
declare const pending: never;
export function pathView(graph: AccessGraph, from: number, to: number): PathView | null {
  return pending;
}
