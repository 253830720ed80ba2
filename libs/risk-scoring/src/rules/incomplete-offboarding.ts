import { all, any, eq, present, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const incompleteOffboarding: Rule = {
  id: "OFF-003",
  title: "Decommissioned but still alive",
  phase: "provisioning-decommissioning",
  stage: "offboarding",
  entity: "identity",
  playbook: "retire",
  rationale: "It was declared decommissioned, yet it or one of its credentials still works. Offboarding ends when nothing is left to use.",
  params: {},
  fails: all(
    present("lifecycle.decommissionedAt"),
    any(
      eq("status", "active"),
      some("credentials", (credential) => credential.eq("status", "active")),
    ),
  ),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Finish the offboarding: revoke what is still active.",
    steps: [
      "Revoke the remaining credentials.",
      "Remove group memberships, bindings, consents and trusts.",
      "Run the offboarding checklist again from the start.",
    ],
    breaks: "Little: it is meant to be out of use. A consumer that was missed will fail.",
    verify: "No active credential or grant remains.",
  },
  evidence: ["lifecycle.decommissionedAt", "status"],
};
