import { active } from "../applicability.ts";
import { all, eq, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const avoidableStaticSecret: Rule = {
  id: "AUTH-002",
  title: "Static secret where none is needed",
  phase: "provisioning-decommissioning",
  stage: "provisioning",
  entity: "identity",
  playbook: "federate",
  rationale: "The platform could hand out short-lived tokens here, so the stored secret is a risk without a reason.",
  params: {},
  appliesTo: active,
  fails: all(
    eq("auth.credentiallessAvailable", true),
    some("credentials", (credential) => all(credential.eq("status", "active"), credential.eq("static", true))),
  ),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Replace the static secret by a workload identity.",
    steps: [
      "Bind the workload to an instance profile, managed identity or federation.",
      "Switch over and delete the key.",
      "Forbid new keys by policy.",
    ],
    breaks: "Code that reads the key from its settings fails when the key goes.",
    verify: "No active static credential is left.",
  },
  evidence: ["workload.status"],
};
