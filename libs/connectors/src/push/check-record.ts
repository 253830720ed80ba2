import { accessLevel } from "@rollcall/nhi-model";
import type { ParseOptions } from "@rollcall/posture-pipeline";
import { asObject, asString, stringsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { readInstant } from "../input/read-instant.ts";
import { redactDeep } from "../input/redact-text.ts";

const clockSkewMillis = 10 * 60_000;
const timePath = /(?:^|\.)[a-z][A-Za-z]*At$/;
/** Dates that lie ahead by nature. */
const futurePath = /(?:^|\.)(?:expiresAt|retiresAt)$/;

export type CheckedRecord = { readonly record: Json } | { readonly code: string; readonly message: string };

/**
 * Puts one pushed record in order: times in UTC and in range, nothing that looks like a secret. A pushed fingerprint is
 * fingerprinted again with our key: equal stays equal, and a secret sent by mistake is never stored.
 */
export function checkRecord(record: Json, options: ParseOptions): CheckedRecord {
  const limit = Date.parse(options.receivedAt) + clockSkewMillis;
  const problems: string[] = [];
  const time = (value: unknown, path: string): unknown => {
    if (typeof value !== "string") return value;
    const instant = readInstant(value);
    if (instant === undefined || (Date.parse(instant) > limit && !futurePath.test(path))) problems.push(path);
    return instant ?? value;
  };
  const facts = asObject(record["facts"]);
  const checked: Record<string, unknown> = { ...record };
  if (facts !== undefined) {
    const clean = asObject(redactDeep(facts)) ?? {};
    checked["facts"] = Object.fromEntries(
      Object.entries(clean).map(([path, value]) => [path, timePath.test(path) ? time(value, path) : value]),
    );
    const infinite = Object.entries(facts).find(([, value]) => typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER);
    if (infinite !== undefined) return { code: "out_of_range", message: `${infinite[0]} is not a number that can be stored` };
  }
  for (const path of ["lastUsedAt", "departedAt", "firstSeenAt", "lastSeenAt"])
    if (path in checked) checked[path] = time(checked[path], path);
  if (problems.length > 0) return { code: "invalid_time", message: `${problems.join(", ")}: not a date between 2000 and now` };
  if ("attributes" in checked) checked["attributes"] = attributesOf(record["attributes"], options);
  if ("fingerprint" in checked) checked["fingerprint"] = fingerprintOf(checked["fingerprint"], options);
  return withLevel(checked);
}

/** What a secret holds is compared with the fingerprints of credentials, so it goes through the same key. */
function attributesOf(value: unknown, options: ParseOptions): unknown {
  const given = asObject(value);
  const clean = redactDeep(value);
  if (given === undefined) return clean;
  const prints: Record<string, unknown> = {};
  if ("valueFingerprint" in given) prints["valueFingerprint"] = fingerprintOf(given["valueFingerprint"], options);
  if ("valueFingerprints" in given)
    prints["valueFingerprints"] = stringsIn(given["valueFingerprints"]).flatMap((each) => fingerprintOf(each, options) ?? []);
  return { ...asObject(clean), ...prints };
}

/** How far ACCESSES goes may stand among the attributes, where senders keep what is their own. */
function withLevel(record: Json): CheckedRecord {
  const stated = asObject(record["attributes"])?.["level"];
  if (record["kind"] !== "grant" || record["grantKind"] !== "ACCESSES" || stated === undefined) return { record };
  const level = accessLevel.safeParse(stated);
  if (!level.success)
    return { code: "invalid_record", message: `grant left out: attributes.level is none of ${accessLevel.options.join(", ")}` };
  if (record["level"] !== undefined && record["level"] !== level.data)
    return { code: "invalid_record", message: "grant left out: level and attributes.level differ" };
  return { record: { ...record, level: level.data } };
}

function fingerprintOf(value: unknown, options: ParseOptions): string | undefined {
  const given = asString(value);
  return given === undefined ? undefined : (options.fingerprint(given) ?? undefined);
}
