import { active } from "../applicability.ts";
import { all, any, gte, in_, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const broadImpersonation: Rule = {
  id: "HUM-003",
  title: "Too many people can act as it",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "narrow",
  rationale: "Whoever may issue its tokens holds its rights, and that is too many people or a whole project.",
  params: {
    people: { default: 5, unit: "count", label: "People who may act as one identity" },
  },
  appliesTo: active,
  fails: any(
    gte("auth.impersonatorCount", param("people")),
    all(gte("auth.impersonatorCount", 1), in_("auth.impersonationScope", ["project", "organisation"])),
  ),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Limit who may act as this identity.",
    steps: ["Grant the right on this identity, not on the project.", "Use time-bound grants with a reason."],
    breaks: "People who deploy or debug with it lose that way in.",
    verify: "Few people, and only on this identity.",
  },
  evidence: ["auth.impersonatorCount", "auth.impersonationScope"],
};
