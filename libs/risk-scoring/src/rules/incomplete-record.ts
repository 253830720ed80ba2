import { active } from "../applicability.ts";
import { any, missing } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const incompleteRecord: Rule = {
  id: "INV-002",
  title: "Inventory record has gaps",
  phase: "classification-ownership",
  stage: "classification",
  entity: "identity",
  playbook: "document",
  rationale:
    "Without purpose, environment, criticality and consuming workload, nobody can judge whether access is needed or safe to remove.",
  params: {},
  appliesTo: active,
  fails: any(missing("purpose"), missing("environment"), missing("criticality"), missing("workload.status")),
  severity: { base: "low", modifiers: [crown, privileged] },
  remediation: {
    action: "Complete the inventory record of this identity.",
    steps: [
      "Take over what tags, infrastructure code or the service catalogue already say.",
      "Ask the owner for what is left.",
      "Require these attributes when identities are created.",
    ],
    breaks: "Nothing: this changes only the record.",
    verify: "Purpose, environment, criticality and workload all have a value.",
  },
  evidence: ["provider"],
};
