import type { StatedFact } from "@rollcall/nhi-model";
import { asString } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import { fitRef } from "../../observe/collector.ts";
import type { AwsContext } from "../context.ts";

const dataset = "access_keys";
const whereabouts: Readonly<Record<string, StatedFact>> = {
  approvedStore: { unknown: "not_collected" },
  storage: { unknown: "not_collected" },
  "exposure.state": { unknown: "not_collected" },
  rotationAutomated: { unknown: "not_offered" },
};

/**
 * An entry of `iam list-access-keys`. The credential report knows the same key by its slot only: two keys of one user are never made
 * in the same second, so the date of creation tells which slot this is. `arnOf` finds the user by name.
 */
export function normaliseAccessKey(
  context: AwsContext,
  raw: Json,
  { where, arnOf }: { readonly where: string; readonly arnOf: (userName: string) => string | undefined },
): boolean {
  const [id, userName] = [asString(raw["AccessKeyId"]), asString(raw["UserName"])];
  if (id === undefined || userName === undefined) {
    context.collector.reject(where, "invalid_record", "an access key without an id or a user");
    return false;
  }
  const arn = arnOf(userName) ?? `arn:aws:iam::${context.account}:user/${userName}`;
  const createdAt = readInstant(raw["CreateDate"]);
  const reported = context.reportUsers.get(arn)?.keys ?? [];
  const slot = createdAt === undefined ? undefined : reported.find((key) => sameSecond(key.rotatedAt, createdAt))?.slot;
  // A key the report does not show was made or removed in between; under another name it would count twice.
  if (slot === undefined && reported.length > 0) return false;
  const status = asString(raw["Status"])?.toLowerCase();
  context.collector.add(
    dataset,
    {
      kind: "credential",
      ref: fitRef(`${arn}#access_key/${slot ?? id}`),
      nativeId: id,
      identityRef: arn,
      credentialKind: "access_key",
      name: `Access key ${id}`,
      facts: {
        ...(slot === undefined ? { ...whereabouts, static: true, hasExpiry: false } : {}),
        ...(status === "active" || status === "inactive" ? { status } : {}),
        ...(createdAt === undefined ? {} : { createdAt, lastRotatedAt: createdAt }),
      },
    },
    where,
  );
  return true;
}

const sameSecond = (a: string | undefined, b: string): boolean =>
  a !== undefined && Math.floor(Date.parse(a) / 1000) === Math.floor(Date.parse(b) / 1000);
