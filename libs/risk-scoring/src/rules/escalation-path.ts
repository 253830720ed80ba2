import { active } from "../applicability.ts";
import { gte } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { compensated, crown, nonProduction } from "../severity.ts";

export const escalationPath: Rule = {
  id: "PRIV-003",
  title: "Can make itself more powerful",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "narrow",
  rationale: "With the rights it has, this identity can give itself more. Its real power is what lies at the end of that path.",
  params: {},
  appliesTo: active,
  fails: gte("access.escalationPaths", 1),
  severity: { base: "high", modifiers: [crown, nonProduction, compensated] },
  remediation: {
    action: "Remove the permission that opens the path, or tie it to a condition.",
    steps: [
      "Open the path and pick the hop that is cheapest to cut.",
      "Remove or constrain that permission.",
      "Keep deployment and identity administration in different hands.",
    ],
    breaks: "Deployments that create or pass roles may need a narrower grant to go on.",
    verify: "No escalation path is left.",
  },
  evidence: ["access.admin", "access.permissionCount"],
};
