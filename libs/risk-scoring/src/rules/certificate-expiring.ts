import { all, any, param, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, own } from "../severity.ts";

export const certificateExpiring: Rule = {
  id: "CERT-001",
  title: "Certificate expired or about to",
  phase: "secure-storage-rotation",
  stage: "rotation",
  entity: "identity",
  playbook: "renew_certificate",
  rationale: "An expired certificate stops a service, and a rushed renewal ends in weak practice.",
  params: {
    warnDays: { default: 30, unit: "days", label: "Days before expiry at which renewal must be automatic or done" },
  },
  appliesTo: some("credentials", (credential) => all(credential.in_("kind", ["x509", "x509_svid"]), credential.eq("status", "active"))),
  fails: some("credentials", (credential) =>
    all(
      credential.in_("kind", ["x509", "x509_svid"]),
      credential.eq("status", "active"),
      any(
        credential.past("expiresAt"),
        all(credential.withinNextDays("expiresAt", param("warnDays")), credential.eq("rotationAutomated", false)),
      ),
    ),
  ),
  severity: {
    base: "medium",
    modifiers: [
      crown,
      own(
        1,
        "Already expired",
        some("credentials", (credential) => credential.past("expiresAt")),
      ),
    ],
  },
  remediation: {
    action: "Renew this certificate and automate the next renewal.",
    steps: ["Renew it and roll it out to every endpoint.", "Let ACME, SPIRE or the platform's issuer renew it from now on."],
    breaks: "Clients that pinned the old certificate or issuer refuse the new one.",
    verify: "It is valid beyond the warning period and renews by itself.",
  },
  evidence: ["workload.status"],
};
