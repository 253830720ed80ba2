import { asString, objectsIn, type Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import type { LeakHit } from "../leak.ts";

/** `gitleaks detect --report-format json`: an array of findings. */
export const isGitleaks = (value: unknown): boolean =>
  objectsIn(value).length > 0 &&
  objectsIn(value).every((item) => asString(item["RuleID"]) !== undefined && "StartLine" in item && "File" in item);

export function readGitleaks(value: unknown): readonly LeakHit[] {
  return objectsIn(value).map((item) => ({
    scanner: "gitleaks",
    rule: asString(item["RuleID"]) ?? "unknown",
    title: titleOf(item),
    path: asString(item["File"]) ?? "unknown file",
    line: typeof item["StartLine"] === "number" ? item["StartLine"] : null,
    commit: asString(item["Commit"]) ?? null,
    repository: null,
    secret: asString(item["Secret"]) ?? asString(item["Match"]) ?? null,
    live: null,
    public: null,
    dismissed: false,
    revoked: false,
    detectedAt: readInstant(item["Date"]),
  }));
}

/** `slack-user-token` reads better than the paragraph that stands in the description. */
const titleOf = (item: Json): string => (asString(item["RuleID"]) ?? "secret").replaceAll(/[-_]+/g, " ");
