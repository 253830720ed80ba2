import { evidenceAt, evidenceIn } from "../evidence.ts";
import { exactly, sumOf, upTo, worstOf } from "../range.ts";
import type { Range } from "../range.ts";
import type { TermDefinition } from "../term.ts";
import { weights } from "../weights.ts";
import type { RecordCredential } from "../weights.ts";

const points = weights.standing;

/** Reduces points to "up to" unless the credential is known to be in use. */
function whileActive(credential: RecordCredential, range: Range): Range {
  if (credential.status === undefined) return upTo(range.max);
  return credential.status === "active" ? range : exactly(0);
}

function staticPoints(credential: RecordCredential): Range {
  if (credential.static === undefined) return upTo(points.staticCredential);
  return exactly(credential.static ? points.staticCredential : 0);
}

function lifePoints(credential: RecordCredential): Range {
  if (credential.hasExpiry === false) return exactly(points.noExpiry);
  const long =
    credential.lifetimeDays === undefined
      ? upTo(points.longLife)
      : exactly(credential.lifetimeDays > weights.longLifeDays ? points.longLife : 0);
  return credential.hasExpiry === undefined ? { min: long.min, max: points.noExpiry } : long;
}

function privilegePoints(standing: boolean | undefined): Range {
  if (standing === undefined) return upTo(points.standingPrivilege);
  return exactly(standing ? points.standingPrivilege : 0);
}

export const standing: TermDefinition = {
  id: "standing",
  label: "Standing access",
  group: "exposure",
  cap: weights.caps.standing,
  points: ({ record }) => {
    const credentials = record.credentials;
    const worst = (of: (credential: RecordCredential) => Range, cap: number): Range =>
      credentials === undefined ? upTo(cap) : worstOf(credentials.map((credential) => whileActive(credential, of(credential))));
    return sumOf([
      worst(staticPoints, points.staticCredential),
      worst(lifePoints, points.noExpiry),
      privilegePoints(record.access?.standingPrivilege),
    ]);
  },
  why: ({ record }) => {
    const active = (record.credentials ?? []).filter((credential) => credential.status === "active");
    const parts = [
      active.some((credential) => credential.static === true) ? "a static secret" : null,
      active.some((credential) => credential.hasExpiry === false) ? "a credential without expiry" : null,
      active.some((credential) => (credential.lifetimeDays ?? 0) > weights.longLifeDays) ? "a credential valid for more than a year" : null,
      record.access?.standingPrivilege === true ? "permanent privilege" : null,
    ].filter((part) => part !== null);
    return parts.length === 0 ? "No standing access known" : `Holds ${parts.join(", ")}`;
  },
  evidence: ({ record }) => [
    ...evidenceIn(record, "credentials", ["static", "hasExpiry"]),
    ...evidenceAt(record, ["access.standingPrivilege"]),
  ],
};
