import { all, any, param, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { nonProduction } from "../severity.ts";

export const leakNotRevoked: Rule = {
  id: "LEAK-003",
  title: "Leak open past the deadline",
  phase: "secure-storage-rotation",
  stage: "offboarding",
  entity: "identity",
  playbook: "revoke",
  rationale: "The time between finding a leak and revoking it belongs to whoever found it first, and here the limit has passed.",
  params: {
    publicHours: { default: 24, unit: "hours", label: "Hours to revoke a secret the public can read" },
    internalHours: { default: 120, unit: "hours", label: "Hours to revoke any other leaked secret" },
  },
  fails: some("credentials", (credential) =>
    all(
      credential.in_("exposure.state", ["confirmed", "suspected"]),
      credential.ne("status", "revoked"),
      any(
        all(credential.eq("exposure.audience", "public"), credential.olderThanHours("exposure.detectedAt", param("publicHours"))),
        credential.olderThanHours("exposure.detectedAt", param("internalHours")),
      ),
    ),
  ),
  severity: { base: "critical", modifiers: [nonProduction] },
  remediation: {
    action: "Revoke the leaked credential today, even at the price of an outage.",
    steps: [
      "Call the person who may decide about the revocation.",
      "Revoke it, accepting the break that the dependency map shows.",
      "Find out why the limit was missed.",
    ],
    breaks: "Every consumer of the old value stops until it has the new one.",
    verify: "The credential is revoked.",
  },
  evidence: ["owner.personId", "usage.lastUsedAt"],
};
