import { active } from "../applicability.ts";
import { field, gt } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const humanUse: Rule = {
  id: "HUM-001",
  title: "People act through it",
  phase: "posture-monitoring-detection",
  stage: "active-use",
  entity: "identity",
  playbook: "restrict_sign_in",
  rationale: "Somebody works by hand with a machine's identity. The log names nobody and the checks made for people do not apply.",
  params: {},
  appliesTo: active,
  fails: gt("usage.interactiveSessions", field("usage.approvedInteractiveSessions")),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Give the people named access and stop interactive use.",
    steps: [
      "Find who it was and what they need it for.",
      "Give them access of their own with those rights.",
      "Rotate the credential they hold and block interactive use.",
    ],
    breaks: "Somebody's emergency procedure may depend on it; provide another one first.",
    verify: "No unapproved session by a person in the window.",
  },
  evidence: ["usage.lastUsedAt"],
};
