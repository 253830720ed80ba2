import { active } from "../applicability.ts";
import { all, gte, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { compensated, crown, nonProduction, privileged } from "../severity.ts";

export const excessPrivilege: Rule = {
  id: "PRIV-002",
  title: "Most permissions unused",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "narrow",
  rationale: "Rights that are never used only help an attacker, and here they are the larger part.",
  params: {
    unusedPct: { default: 50, unit: "percent", label: "Share of unused permissions that counts as excess" },
    minPermissions: { default: 5, unit: "count", label: "Fewest permissions worth judging" },
    minObservedDays: { default: 60, unit: "days", label: "Days of usage evidence needed before the rule judges" },
  },
  appliesTo: active,
  fails: all(
    gte("access.unusedPermissionPct", param("unusedPct")),
    gte("access.permissionCount", param("minPermissions")),
    gte("usage.observedDays", param("minObservedDays")),
  ),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction, compensated] },
  remediation: {
    action: "Remove the permissions this identity does not use.",
    steps: [
      "Compare granted with used permissions.",
      "Ask the owner about rare but needed actions.",
      "Apply the smaller policy and watch for denials.",
    ],
    breaks: "Rare actions that were not seen in the window are denied.",
    verify: "The unused share is below the limit.",
  },
  evidence: ["usage.lastUsedAt"],
};
