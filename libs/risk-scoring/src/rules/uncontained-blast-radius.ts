import { active } from "../applicability.ts";
import { all, containsAny, gte, not, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction } from "../severity.ts";

export const uncontainedBlastRadius: Rule = {
  id: "PRIV-005",
  title: "Wide reach without a fence",
  phase: "compliance-governance",
  stage: "active-use",
  entity: "identity",
  playbook: "separate",
  rationale: "It reaches much that matters and nothing around it would stop an intruder: no boundary, no network limit, no approval.",
  params: {
    score: { default: 70, unit: "points", label: "Reach (0-100) from which a fence is required" },
  },
  appliesTo: active,
  fails: all(
    gte("access.blastRadius", param("score")),
    not(containsAny("access.compensatingControls", ["network_restriction", "permission_boundary", "resource_condition", "approval_gate"])),
  ),
  severity: { base: "high", modifiers: [crown, nonProduction] },
  remediation: {
    action: "Split this identity by function, or put a boundary around it.",
    steps: ["Separate the jobs it does into identities of their own.", "Add a permission boundary and conditions on resource and network."],
    breaks: "A boundary that is too tight denies calls the workload makes.",
    verify: "It reaches less than the limit allows, or something contains it.",
  },
  evidence: ["access.sensitiveResourceCount", "access.reachableEnvironments"],
};
