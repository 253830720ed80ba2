import { active } from "../applicability.ts";
import { in_ } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const workloadRetired: Rule = {
  id: "OFF-002",
  title: "Workload gone, identity left",
  phase: "provisioning-decommissioning",
  stage: "offboarding",
  entity: "identity",
  playbook: "retire",
  rationale: "What used this identity no longer exists, so its access is a leftover that only an attacker would miss.",
  params: {},
  appliesTo: active,
  fails: in_("workload.status", ["retired", "missing"]),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Retire this identity: its workload is gone.",
    steps: [
      "Check usage for any other consumer.",
      "Disable it and revoke credentials, grants and trusts.",
      "Delete it after the hold period and keep the record.",
    ],
    breaks: "A second consumer that nobody mapped loses access.",
    verify: "It is deleted, or the workload runs again.",
  },
  evidence: ["workload.retiredAt", "usage.lastUsedAt"],
};
