import { active } from "../applicability.ts";
import { all, eq, in_ } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const teardownMissed: Rule = {
  id: "EPH-002",
  title: "Its job is over, it is not",
  phase: "provisioning-decommissioning",
  stage: "offboarding",
  entity: "identity",
  playbook: "retire",
  rationale: "The job, pod, branch or agent run it was made for has ended and left it behind with its rights.",
  params: {},
  appliesTo: all(active, eq("ephemeral.isEphemeral", true)),
  fails: in_("ephemeral.parentStatus", ["ended", "missing"]),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Delete this leftover and tie its life to its parent.",
    steps: ["Revoke its credentials and delete it.", "Use an owner reference or lease, so that it ends with its parent."],
    breaks: "Nothing, unless something else borrowed it.",
    verify: "It is gone.",
  },
  evidence: ["ephemeral.ageHours"],
};
