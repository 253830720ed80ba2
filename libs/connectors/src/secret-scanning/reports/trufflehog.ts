import { asObject, asString, type Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import type { LeakHit } from "../leak.ts";

/** `trufflehog --json`: one object a line. */
export const isTrufflehog = (record: Json): boolean =>
  asString(record["DetectorName"]) !== undefined && asObject(record["SourceMetadata"]) !== undefined;

export function readTrufflehog(record: Json): LeakHit {
  const data = asObject(asObject(record["SourceMetadata"])?.["Data"]) ?? {};
  // One entry, named after where was looked: Filesystem, Git, Github, S3, Docker ...
  const place = asObject(Object.values(data)[0]) ?? {};
  const line = place["line"];
  const detector = asString(record["DetectorName"]) ?? "unknown";
  return {
    scanner: "trufflehog",
    rule: detector,
    title: `${detector} secret`,
    path: asString(place["file"]) ?? asString(place["key"]) ?? asString(place["link"]) ?? Object.keys(data)[0] ?? "unknown place",
    line: typeof line === "number" ? line : null,
    commit: asString(place["commit"]) ?? null,
    repository: asString(place["repository"]) ?? asString(place["bucket"]) ?? null,
    secret: asString(record["Raw"]) ?? null,
    // Not verified means that nobody tried or that it failed; only a success says something.
    live: record["Verified"] === true ? true : null,
    public: null,
    dismissed: false,
    revoked: false,
    detectedAt: readInstant(place["timestamp"]),
  };
}
