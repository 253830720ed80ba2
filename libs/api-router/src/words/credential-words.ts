import type { CredentialRow } from "@rollcall/posture-pipeline";
import { ruleById } from "@rollcall/risk-scoring";

/** These end by themselves or are renewed by their platform: they have an expiry, not a rotation window. */
const notRotated = new Set(["x509_certificate", "federated_trust", "session"]);

/** The window of the rule that judges rotation, so that the bar on the page and the finding agree. */
export function withRotationWindow(row: CredentialRow): CredentialRow {
  if (row.rotationWindowDays !== null || notRotated.has(row.kind)) return row;
  return { ...row, rotationWindowDays: ruleById("ROT-001")?.params["rotationDays"]?.default ?? null };
}
