import { asString, objectsIn } from "../input/json-shape.ts";
import type { Tags } from "../observe/tag-facts.ts";

/** `[{Key, Value}]` as IAM and most AWS services list tags. */
export function readTags(raw: unknown): Tags {
  const pairs = objectsIn(raw).flatMap((tag) => {
    const key = asString(tag["Key"]);
    return key === undefined ? [] : [[key, asString(tag["Value"]) ?? ""] as const];
  });
  return new Map(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
