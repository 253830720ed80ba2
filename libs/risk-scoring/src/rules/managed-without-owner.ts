import { active, isPlatformManaged } from "../applicability.ts";
import { all, any, missing } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const managedWithoutOwner: Rule = {
  id: "MNG-001",
  title: "Platform-managed, but nobody answers",
  phase: "compliance-governance",
  stage: "ownership",
  entity: "identity",
  playbook: "assign_owner",
  rationale: "A platform runs the life of this credential, and that is not the same as answering for it.",
  params: {},
  appliesTo: all(active, isPlatformManaged),
  fails: any(missing("owner.personId"), missing("owner.business")),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Name a technical and a business owner.",
    steps: ["Name who needs it and who may decide to revoke it.", "Record both in the platform's own metadata."],
    breaks: "Nothing: this changes only the record.",
    verify: "Both owners are recorded.",
  },
  evidence: ["owner.kind", "provider"],
};
