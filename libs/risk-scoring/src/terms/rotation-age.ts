import { evidenceIn } from "../evidence.ts";
import { exactly, upTo, worstOf } from "../range.ts";
import type { Range } from "../range.ts";
import { ageDays } from "../term.ts";
import type { TermDefinition } from "../term.ts";
import { weights } from "../weights.ts";
import type { RecordCredential } from "../weights.ts";

const cap = weights.caps.rotationAge;
const windows = Object.values(weights.rotationWindowDays).filter((days) => days !== null);
const shortestWindow = Math.min(...windows);

/** 0 until the policy window ends, then a straight line up to the cap at four times the window. */
export function agePoints(age: number, windowDays: number): number {
  const late = (age - windowDays) / ((weights.rotationFullAtWindows - 1) * windowDays);
  return Math.round(cap * Math.min(Math.max(late, 0), 1));
}

/** A credential cannot be older than itself: a rotation time before its creation counts as the creation. */
function ageOf(credential: RecordCredential, nowMs: number): { readonly rotated?: number; readonly created?: number } {
  const rotated = ageDays(credential.lastRotatedAt, nowMs);
  const created = ageDays(credential.createdAt, nowMs);
  return { rotated: rotated !== undefined && created !== undefined ? Math.min(rotated, created) : rotated, created };
}

function pointsOf(credential: RecordCredential, nowMs: number): Range {
  if (credential.static === false || (credential.status !== undefined && credential.status !== "active")) return exactly(0);
  const window = credential.kind === undefined ? undefined : weights.rotationWindowDays[credential.kind];
  if (window === null) return exactly(0);
  const { rotated, created } = ageOf(credential, nowMs);
  const worstAge = rotated ?? created;
  if (worstAge === undefined) return upTo(cap);
  const max = agePoints(worstAge, window ?? shortestWindow);
  const certain = rotated !== undefined && window !== undefined && credential.static === true && credential.status === "active";
  return certain ? exactly(max) : upTo(max);
}

export const rotationAge: TermDefinition = {
  id: "rotation_age",
  label: "Age of its credentials",
  group: "exposure",
  cap,
  points: ({ record, nowMs }) =>
    record.credentials === undefined ? upTo(cap) : worstOf(record.credentials.map((credential) => pointsOf(credential, nowMs))),
  why: ({ record, nowMs }, range) => {
    if (record.credentials === undefined) return "Its credentials are not known";
    const ages = record.credentials
      .filter((credential) => credential.status !== "revoked" && credential.status !== "expired" && credential.static !== false)
      .map((credential) => ageOf(credential, nowMs))
      .map(({ rotated, created }) => rotated ?? created);
    const oldest = Math.max(0, ...ages.map((age) => age ?? 0));
    if (ages.length === 0) return "Holds no long-lived credential";
    const age = ages.includes(undefined)
      ? "The age of a credential is not known"
      : `Oldest credential unchanged for ${Math.floor(oldest)} days`;
    return range.max === 0 ? `${age}, inside the policy` : age;
  },
  evidence: ({ record }) => evidenceIn(record, "credentials", ["kind", "lastRotatedAt"]),
};
