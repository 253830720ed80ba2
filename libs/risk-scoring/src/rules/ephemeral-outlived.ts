import { active } from "../applicability.ts";
import { all, eq, field, gt } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const ephemeralOutlived: Rule = {
  id: "EPH-001",
  title: "Short-lived identity outlived its limit",
  phase: "provisioning-decommissioning",
  stage: "offboarding",
  entity: "identity",
  playbook: "retire",
  rationale: "It was made to live for hours; whatever should have removed it did not.",
  params: {},
  appliesTo: all(active, eq("ephemeral.isEphemeral", true)),
  fails: gt("ephemeral.ageHours", field("ephemeral.maxLifetimeHours")),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Delete this identity and repair the teardown.",
    steps: ["Delete it.", "Find out why teardown failed, and let a clean-up job delete whatever passes its limit."],
    breaks: "A long run that is still going loses access.",
    verify: "It is gone, or younger than its limit.",
  },
  evidence: ["ephemeral.parentStatus", "createdAt"],
};
