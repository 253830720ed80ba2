import { all, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const confusedDeputyTrust: Rule = {
  id: "TPX-003",
  title: "Outside account trusted without an external id",
  phase: "provisioning-decommissioning",
  stage: "provisioning",
  entity: "identity",
  playbook: "restrict_trust",
  rationale: "Any customer of that vendor can make the vendor act on this role, because nothing ties the trust to your contract.",
  params: {},
  appliesTo: some("trust", (trust) => all(trust.eq("kind", "cross_account"), trust.eq("external", true))),
  fails: some("trust", (trust) =>
    all(trust.eq("kind", "cross_account"), trust.eq("external", true), trust.eq("externalIdRequired", false)),
  ),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Require an external id in this trust.",
    steps: [
      "Choose one id per vendor account and give it to the vendor.",
      "Add the condition and name the exact role instead of the account.",
    ],
    breaks: "The vendor cannot connect until it sends the id.",
    verify: "The trust requires an external id.",
  },
  evidence: ["provider", "usage.lastUsedAt"],
};
