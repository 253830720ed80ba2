import { active } from "../applicability.ts";
import { all, any, eq, missing, not } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const noRetirementPath: Rule = {
  id: "OFF-005",
  title: "No way out planned",
  phase: "provisioning-decommissioning",
  stage: "offboarding",
  entity: "identity",
  playbook: "document",
  rationale: "Nothing says when this identity ends or how to remove it. Without a trigger and steps it stays until somebody abuses it.",
  params: {},
  appliesTo: all(active, not(eq("ephemeral.isEphemeral", true))),
  fails: any(missing("lifecycle.retirementTrigger"), missing("lifecycle.offboardingRunbook")),
  severity: { base: "low", modifiers: [crown, privileged] },
  remediation: {
    action: "Record when this identity ends and how it is removed.",
    steps: ["Name the event or date: workload retired, contract ended, project closed.", "Link the removal steps and try them once."],
    breaks: "Nothing: this changes only the record.",
    verify: "Retirement trigger and removal steps are both recorded.",
  },
  evidence: ["lifecycle.retirementTrigger", "lifecycle.offboardingRunbook"],
};
