import { active } from "../applicability.ts";
import { all, olderThanDays, param, root, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { privileged } from "../severity.ts";

export const rotatedNotRetired: Rule = {
  id: "OFF-007",
  title: "Rotated although nobody uses it",
  phase: "secure-storage-rotation",
  stage: "offboarding",
  entity: "identity",
  playbook: "retire",
  rationale:
    "Its credential was renewed after its last use, so work goes into keeping something alive that nobody needs. Rotation is not offboarding.",
  params: {
    dormantDays: { default: 90, unit: "days", label: "Days without use until rotation counts as wasted" },
  },
  appliesTo: active,
  fails: all(
    olderThanDays("usage.lastUsedAt", param("dormantDays")),
    some("credentials", (credential) =>
      all(credential.eq("status", "active"), credential.before(root("usage.lastUsedAt"), credential.field("lastRotatedAt"))),
    ),
  ),
  severity: { base: "low", modifiers: [privileged] },
  remediation: {
    action: "Stop rotating this identity and retire it.",
    steps: ["Take it off the rotation schedule.", "Ask the owner whether any use is planned.", "Start the decommissioning."],
    breaks: "A rare job that was quiet in the window fails when the identity goes.",
    verify: "It is retired, or has been used again.",
  },
  evidence: ["usage.observedDays"],
};
