import { active } from "../applicability.ts";
import { all, any, eq, gte } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown } from "../severity.ts";

export const thirdPartyBroad: Rule = {
  id: "TPX-001",
  title: "Vendor holds broad rights",
  phase: "posture-monitoring-detection",
  stage: "provisioning",
  entity: "identity",
  playbook: "narrow",
  rationale: "If the vendor is breached, the attacker gets exactly what was granted here, and that is a lot.",
  params: {},
  appliesTo: all(active, eq("thirdParty.external", true)),
  fails: any(eq("access.admin", true), eq("access.wildcard", true), gte("access.escalationPaths", 1)),
  severity: { base: "high", modifiers: [crown] },
  remediation: {
    action: "Cut the vendor's rights to what it used.",
    steps: [
      "Compare what was granted with what was used in the window.",
      "Replace the grant, add resource conditions and an end date.",
      "Write the smaller scope into the contract.",
    ],
    breaks: "Vendor features that need a removed permission fail, often silently.",
    verify: "No administrator right, wildcard or escalation path is left.",
  },
  evidence: ["usage.lastUsedAt", "thirdParty.vendorStatus", "access.permissionCount"],
};
