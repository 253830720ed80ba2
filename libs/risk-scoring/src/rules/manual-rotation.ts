import { active } from "../applicability.ts";
import { all, any, eq, gte, in_, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const manualRotation: Rule = {
  id: "ROT-003",
  title: "Valuable secret rotated by hand",
  phase: "secure-storage-rotation",
  stage: "rotation",
  entity: "identity",
  playbook: "rotate",
  rationale: "Rotation by hand slips when people are busy, and this secret opens things that matter.",
  params: {},
  appliesTo: all(
    active,
    some("credentials", (credential) => all(credential.eq("status", "active"), credential.eq("static", true))),
  ),
  fails: all(
    any(in_("criticality", ["high", "critical"]), eq("access.admin", true), gte("access.sensitiveResourceCount", 1)),
    some("credentials", (credential) =>
      all(credential.eq("status", "active"), credential.eq("static", true), credential.eq("rotationAutomated", false)),
    ),
  ),
  severity: { base: "low", modifiers: [crown, privileged] },
  remediation: {
    action: "Put the rotation of this secret under automation.",
    steps: ["Let the secret store rotate it on a schedule.", "Try the way back before the first automatic run."],
    breaks: "A consumer that caches the secret fails at the first automatic rotation.",
    verify: "Rotation runs without a person.",
  },
  evidence: ["criticality"],
};
