import { active } from "../applicability.ts";
import { containsAny } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const weakAuthentication: Rule = {
  id: "AUTH-001",
  title: "Outdated sign-in method",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "federate",
  rationale: "This identity signs in by a method that is known to be weak and often passes by stronger checks.",
  params: {},
  appliesTo: active,
  fails: containsAny("auth.methods", ["basic", "implicit", "ropc", "app_password", "ntlm", "oauth1", "password"]),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Move this identity to federation, certificates or client credentials.",
    steps: ["Choose the strongest method the platform offers.", "Switch the consumers, then turn the old method off for everyone."],
    breaks: "Clients that only know the old method fail once it is off.",
    verify: "No outdated method is configured or seen.",
  },
  evidence: ["auth.methods"],
};
