import type { NhiRecord, Playbook } from "@rollcall/nhi-model";
import type { RecordCredential } from "./weights.ts";

/** What a record will look like once a playbook has been carried out; null = it would change nothing the score reads. */
export interface PlaybookEffect {
  readonly playbook: Playbook;
  readonly label: string;
  readonly after: (record: NhiRecord, now: string) => NhiRecord | null;
}

const isOpen = (credential: RecordCredential): boolean => credential.status !== "revoked" && credential.status !== "expired";
const isStatic = (credential: RecordCredential): boolean => isOpen(credential) && credential.static !== false;
const isLeaked = (credential: RecordCredential): boolean =>
  isOpen(credential) && (credential.exposure?.state === "confirmed" || credential.exposure?.state === "suspected");

function withCredentials(
  record: NhiRecord,
  which: (credential: RecordCredential) => boolean,
  change: (credential: RecordCredential) => RecordCredential,
): NhiRecord | null {
  const credentials = record.credentials;
  if (credentials === undefined || !credentials.some(which)) return null;
  return { ...record, credentials: credentials.map((credential) => (which(credential) ? change(credential) : credential)) };
}

const revoked = (credential: RecordCredential): RecordCredential => ({ ...credential, status: "revoked" });

/** In order of preference where two lower a score equally: the least disruptive first. */
export const playbookEffects: readonly PlaybookEffect[] = [
  {
    playbook: "assign_owner",
    label: "Assign an owner",
    after: (record) =>
      record.owner?.kind === "person" && record.owner.status === "active"
        ? null
        : { ...record, owner: { kind: "person", personId: record.owner?.personId ?? "assigned", status: "active" } },
  },
  {
    playbook: "rotate",
    label: "Rotate its credentials",
    // A new value is a value nobody has seen; where it is kept does not change by rotating.
    after: (record, now) =>
      withCredentials(record, isStatic, (credential) => ({
        ...credential,
        lastRotatedAt: now,
        createdAt: now,
        exposure: { state: "none" },
      })),
  },
  {
    playbook: "move_secret",
    label: "Move its secrets into an approved store",
    after: (record) => withCredentials(record, isStatic, (credential) => ({ ...credential, approvedStore: true, storage: "vault" })),
  },
  {
    playbook: "restrict_sign_in",
    label: "Stop people from acting through it",
    after: (record) => (record.usage?.interactiveSessions === 0 ? null : { ...record, usage: { ...record.usage, interactiveSessions: 0 } }),
  },
  {
    playbook: "restrict_trust",
    label: "Tighten who it trusts",
    after: (record) =>
      record.trust === undefined || record.trust.length === 0
        ? null
        : {
            ...record,
            trust: record.trust.map((trust) => ({
              ...trust,
              subjectMatch: "exact" as const,
              audiencePinned: true,
              externalIdRequired: true,
            })),
          },
  },
  {
    playbook: "review",
    label: "Vet the vendor",
    after: (record, now) =>
      record.thirdParty?.external === true && record.thirdParty.vendorStatus !== "ended"
        ? { ...record, thirdParty: { ...record.thirdParty, vendorStatus: "active", vettedAt: now } }
        : null,
  },
  { playbook: "revoke", label: "Revoke the leaked credential", after: (record) => withCredentials(record, isLeaked, revoked) },
  {
    playbook: "federate",
    label: "Replace its secrets by short-lived tokens",
    after: (record) => withCredentials(record, isStatic, revoked),
  },
  { playbook: "retire", label: "Retire it", after: (record) => (record.status === "deleted" ? null : { ...record, status: "deleted" }) },
];
