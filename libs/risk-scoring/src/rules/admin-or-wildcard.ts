import { active } from "../applicability.ts";
import { any, eq } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { compensated, crown, nonProduction } from "../severity.ts";

export const adminOrWildcard: Rule = {
  id: "PRIV-001",
  title: "Administrator or wildcard rights",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "narrow",
  rationale: "Hardly any machine job needs this much, and whoever takes over this identity takes over everything it can reach.",
  params: {},
  appliesTo: active,
  fails: any(eq("access.admin", true), eq("access.wildcard", true)),
  severity: { base: "high", modifiers: [crown, nonProduction, compensated] },
  remediation: {
    action: "Replace the broad grant by the permissions it uses.",
    steps: ["Derive a policy from recorded use.", "Put it in place behind a boundary and watch for denials.", "Take the broad grant away."],
    breaks: "Rare actions that were not seen in the window are denied.",
    verify: "No administrator or wildcard grant is left.",
  },
  evidence: ["access.permissionCount", "access.compensatingControls"],
};
