import { asObject, asString, objectsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { latestInstant, readInstant } from "../input/read-instant.ts";
import type { AccountBundle } from "./account-bundle.ts";
import { awsTrackingDays } from "./context.ts";
import type { UseEvidence } from "./context.ts";
import type { ReportUser } from "./credential-report.ts";

const dayMillis = 86_400_000;
/** IAM has recorded the last use of access keys since this day. */
const keyTrackingSince = "2015-04-22T00:00:00.000Z";

interface Inputs {
  readonly bundle: AccountBundle;
  readonly roles: readonly Json[];
  readonly reportUsers: ReadonlyMap<string, ReportUser>;
  readonly reportDate: string;
}

/** Joins what the files say about the use of each identity: the latest date, and the longest evidence behind it. */
export function gatherUse({ bundle, roles, reportUsers, reportDate }: Inputs): ReadonlyMap<string, UseEvidence> {
  const uses = new Map<string, UseEvidence>();
  const add = (arn: string | undefined, evidence: UseEvidence): void => {
    if (arn === undefined) return;
    const known = uses.get(arn);
    uses.set(
      arn,
      known === undefined
        ? evidence
        : {
            lastUsedAt: latestInstant([known.lastUsedAt, evidence.lastUsedAt]),
            observedDays: Math.max(known.observedDays, evidence.observedDays),
          },
    );
  };
  for (const role of roles) {
    // Present but empty means: not used in the tracking period. Absent means: this export does not say.
    const lastUsed = asObject(role["RoleLastUsed"]);
    if (lastUsed !== undefined)
      add(asString(role["Arn"]), { lastUsedAt: readInstant(lastUsed["LastUsedDate"]), observedDays: awsTrackingDays });
  }
  for (const use of bundle.uses) {
    if (!isFinished(use.document.data)) continue;
    const last = latestInstant(
      objectsIn(use.document.data["ServicesLastAccessed"]).map((service) => readInstant(service["LastAuthenticated"])),
    );
    add(use.arn, { lastUsedAt: last, observedDays: awsTrackingDays });
  }
  for (const user of reportUsers.values()) {
    const evidence = fromReport(user, reportDate);
    if (evidence !== undefined) add(user.arn, evidence);
  }
  return uses;
}

/** A job that failed, is still running, or whose answer has more pages says nothing about services it does not list. */
export const isFinished = (data: Json): boolean =>
  (asString(data["JobStatus"]) ?? "COMPLETED") === "COMPLETED" &&
  Array.isArray(data["ServicesLastAccessed"]) &&
  data["IsTruncated"] !== true;

/**
 * The report knows the last use of the credentials that exist now. A deleted key takes its history along, so the
 * evidence reaches back only to the oldest active credential. Without any, "never used" cannot be told from "no longer known".
 */
function fromReport(user: ReportUser, reportDate: string): UseEvidence | undefined {
  const lastUsedAt = latestInstant([user.passwordLastUsedAt, ...user.keys.map((key) => key.lastUsedAt)]);
  const starts = [
    ...user.keys.filter((key) => key.active).map((key) => key.rotatedAt),
    ...(user.passwordEnabled === true ? [user.passwordChangedAt ?? user.createdAt] : []),
  ]
    .filter((start) => start !== undefined)
    .sort();
  const oldest = starts[0] === undefined ? undefined : starts[0] < keyTrackingSince ? keyTrackingSince : starts[0];
  if (oldest === undefined && lastUsedAt === undefined) return undefined;
  const observedDays = oldest === undefined ? 0 : Math.max(0, Math.floor((Date.parse(reportDate) - Date.parse(oldest)) / dayMillis));
  return { lastUsedAt, observedDays };
}
