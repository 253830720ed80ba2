import { active } from "../applicability.ts";
import { all, containsAny, in_ } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const nonproductionReachesProduction: Rule = {
  id: "ENV-002",
  title: "Test identity reaches production",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "separate",
  rationale: "Test systems are guarded less, and this one holds a door to production.",
  params: {},
  appliesTo: all(active, in_("environment", ["dev", "test", "staging", "sandbox"])),
  fails: containsAny("access.reachableEnvironments", ["prod"]),
  severity: { base: "high", modifiers: [crown, privileged] },
  remediation: {
    action: "Remove the grant that leads from this environment into production.",
    steps: ["Open the path and remove the grant that crosses the line.", "Enforce the line with an organisation policy."],
    breaks: "Tests or releases that use production data through this grant fail.",
    verify: "No production resource is in reach.",
  },
  evidence: ["access.sensitiveResourceCount"],
};
