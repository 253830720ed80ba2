import { createHash } from "node:crypto";
import type { Change } from "@rollcall/access-graph";

/** Keys in one order at every depth: how a document was written says nothing about what it is. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** The same steps are the same plan, in any order, so that they do not become two tasks. A UUID of the kind that anybody may define. */
export function planId(changes: readonly Change[]): string {
  const hash = createHash("sha256")
    .update([...new Set(changes.map(canonical))].sort().join("\n"))
    .digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
