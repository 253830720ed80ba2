import { active, isPlatformManaged } from "../applicability.ts";
import { all, any, eq, missing } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const managedScopeDrift: Rule = {
  id: "MNG-002",
  title: "Platform-managed, scope unclear or exceeded",
  phase: "compliance-governance",
  stage: "provisioning",
  entity: "identity",
  playbook: "narrow",
  rationale:
    "What the platform hands out should be written down; here it is not, or it has grown past it. Automation repeats the excess every time.",
  params: {},
  appliesTo: all(active, isPlatformManaged),
  fails: any(missing("managed.scopeStatement"), eq("managed.scopeDrift", true)),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Write down the scope and bring access back inside it.",
    steps: ["State resources, actions, environment and consumers.", "Compare with effective access and remove the difference."],
    breaks: "Consumers that came to rely on the excess are denied.",
    verify: "A scope is documented and access stays inside it.",
  },
  evidence: ["access.permissionCount", "managed.scopeStatement"],
};
