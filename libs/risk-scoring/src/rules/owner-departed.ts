import { active } from "../applicability.ts";
import { eq } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const ownerDeparted: Rule = {
  id: "OWN-002",
  title: "Owner has left",
  phase: "classification-ownership",
  stage: "offboarding",
  entity: "identity",
  playbook: "assign_owner",
  rationale: "The recorded owner no longer works here, so questions and alerts reach nobody. The identity stays behind as an orphan.",
  params: {},
  appliesTo: active,
  fails: eq("owner.status", "departed"),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Hand this identity to a new owner.",
    steps: [
      "Pass it to the manager of the person who left, then to a confirmed owner.",
      "Rotate what the leaver could read.",
      "Let the new owner decide whether it is still needed.",
    ],
    breaks: "Nothing: ownership is a record. The rotation that follows can break consumers that were not switched over.",
    verify: "The owner is an active person.",
  },
  evidence: ["owner.personId", "owner.departedAt"],
};
