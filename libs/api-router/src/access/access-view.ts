import type { AccessView } from "@rollcall/posture-pipeline";
import type { CachedGraph } from "./graph-cache.ts";
declare const pending: never;
export function accessView(cached: CachedGraph, identityId: string): AccessView | null {
  return pending;
}
