import { active } from "../applicability.ts";
import { all, eq, gte } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const defaultIdentity: Rule = {
  id: "REUSE-002",
  title: "Runs on the platform's default identity",
  phase: "provisioning-decommissioning",
  stage: "provisioning",
  entity: "identity",
  playbook: "separate",
  rationale: "Default identities are common to everything in their place and often come with more rights than any one workload needs.",
  params: {},
  appliesTo: all(active, eq("access.isDefaultIdentity", true)),
  fails: gte("usage.distinctWorkloads", 1),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Bind the workload to an identity of its own.",
    steps: ["Create a dedicated identity and bind the workload to it.", "Switch off automatic mounting and default grants."],
    breaks: "Workloads that relied on the default rights are denied.",
    verify: "No workload runs on the default identity.",
  },
  evidence: ["access.permissionCount", "provider"],
};
