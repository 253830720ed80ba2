import { active } from "../applicability.ts";
import { all, eq, gte, not, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const sharedByWorkloads: Rule = {
  id: "REUSE-001",
  title: "Shared by several workloads",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "separate",
  rationale: "When one of the workloads is breached, all are, and the audit log cannot tell them apart.",
  params: {
    workloads: { default: 2, unit: "count", label: "Workloads from which an identity counts as shared" },
  },
  appliesTo: all(active, not(eq("managed.isPlatformManaged", true))),
  fails: gte("usage.distinctWorkloads", param("workloads")),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Give each workload an identity of its own.",
    steps: [
      "Create one identity per workload with the rights that workload needs.",
      "Move them one by one and retire the common identity.",
    ],
    breaks: "A workload that was not moved loses access.",
    verify: "One workload uses it.",
  },
  evidence: ["dependencies.mappedAt"],
};
