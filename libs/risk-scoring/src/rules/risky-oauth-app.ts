import { active } from "../applicability.ts";
import { all, any, countGte, eq } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const riskyOauthApp: Rule = {
  id: "TPX-004",
  title: "Risky OAuth app",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "revoke",
  rationale:
    "An app of unknown origin, or one that a single user let in, holds dangerous scopes. A valid consent outlives password resets.",
  params: {},
  appliesTo: all(active, eq("type", "oauth_app")),
  fails: all(any(eq("thirdParty.publisherVerified", false), eq("thirdParty.consent", "user")), countGte("access.highRiskScopes", 1)),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Revoke this consent, or have an administrator approve smaller scopes.",
    steps: [
      "Find who consented and which data was read.",
      "Revoke the consent or replace it by an approved one with less scope.",
      "Let users consent only to verified publishers and harmless scopes.",
    ],
    breaks: "People who rely on the app lose the integration.",
    verify: "The consent is revoked or approved.",
  },
  evidence: ["access.highRiskScopes", "usage.lastUsedAt"],
};
