import { active } from "../applicability.ts";
import { any, in_, missing } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const noAccountableOwner: Rule = {
  id: "OWN-001",
  title: "No accountable person",
  phase: "classification-ownership",
  stage: "ownership",
  entity: "identity",
  playbook: "assign_owner",
  rationale: "If no person can be named, nobody decides about scope, rotation or removal. Teams and mailboxes do not answer at night.",
  params: {},
  appliesTo: active,
  fails: any(missing("owner.personId"), in_("owner.kind", ["none", "service", "mailbox"])),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Assign this identity to a person who accepts it.",
    steps: [
      "Propose the creator, the code owner or the team that consumes it, and ask for acceptance.",
      "Record the business owner beside the technical one.",
      "If nobody accepts within two weeks, restrict it, then disable it.",
    ],
    breaks: "Nothing at first; restricting an unclaimed identity can stop a forgotten workload.",
    verify: "An active person is recorded as owner.",
  },
  evidence: ["owner.kind", "owner.business"],
};
