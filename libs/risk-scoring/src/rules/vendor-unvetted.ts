import { active } from "../applicability.ts";
import { all, any, eq, missing, olderThanDays, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, own, privileged } from "../severity.ts";

export const vendorUnvetted: Rule = {
  id: "TPX-002",
  title: "Vendor not vetted or gone",
  phase: "provisioning-decommissioning",
  stage: "offboarding",
  entity: "identity",
  playbook: "review",
  rationale: "The access outlived the contract, or nobody has looked at this vendor for too long.",
  params: {
    vettingDays: { default: 365, unit: "days", label: "Days a vendor assessment stays valid" },
  },
  appliesTo: all(active, eq("thirdParty.external", true)),
  fails: any(
    eq("thirdParty.vendorStatus", "ended"),
    missing("thirdParty.vettedAt"),
    olderThanDays("thirdParty.vettedAt", param("vettingDays")),
  ),
  severity: {
    base: "medium",
    modifiers: [crown, privileged, nonProduction, own(1, "The contract has ended", eq("thirdParty.vendorStatus", "ended"))],
  },
  remediation: {
    action: "Vet this vendor, or revoke its access if the contract is over.",
    steps: [
      "Contract over: revoke grants and credentials at once.",
      "Contract running: assess the vendor, record the result and the next date.",
    ],
    breaks: "An integration that still runs after the contract ended stops.",
    verify: "The vetting is current and the contract runs, or the access is gone.",
  },
  evidence: ["usage.lastUsedAt"],
};
