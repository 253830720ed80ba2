import { active } from "../applicability.ts";
import { all, any, gte, missing, olderThanDays, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const dormantIdentity: Rule = {
  id: "OFF-001",
  title: "Enabled but unused",
  phase: "provisioning-decommissioning",
  stage: "offboarding",
  entity: "identity",
  playbook: "retire",
  rationale: "Access that nobody uses is all risk and no benefit, and misuse of it goes unnoticed.",
  params: {
    dormantDays: { default: 90, unit: "days", label: "Days without use until an identity counts as dormant" },
    neverUsedDays: { default: 30, unit: "days", label: "Days after creation until never used counts as dormant" },
    minObservedDays: { default: 60, unit: "days", label: "Days of usage evidence needed before the rule judges" },
  },
  appliesTo: active,
  fails: all(
    any(
      olderThanDays("usage.lastUsedAt", param("dormantDays")),
      all(missing("usage.lastUsedAt"), olderThanDays("createdAt", param("neverUsedDays"))),
    ),
    gte("usage.observedDays", param("minObservedDays")),
  ),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Disable this identity, watch for a business cycle, then delete it.",
    steps: [
      "Ask the owner about seasonal or yearly jobs.",
      "Disable it and keep a way back.",
      "After a quiet cycle, remove its credentials and grants and delete it.",
    ],
    breaks: "A job that runs rarely (month end, yearly report) fails at its next run.",
    verify: "It is disabled or deleted, or new use has been recorded.",
  },
  evidence: ["usage.lastUsedAt", "createdAt"],
};
