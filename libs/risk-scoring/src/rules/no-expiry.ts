import { all, any, param, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const noExpiry: Rule = {
  id: "ROT-002",
  title: "Never expires, or far too late",
  phase: "secure-storage-rotation",
  stage: "provisioning",
  entity: "identity",
  playbook: "rotate",
  rationale: "Nothing ends the usefulness of this credential for someone who finds it.",
  params: {
    maxLifetimeDays: { default: 365, unit: "days", label: "Longest life a credential may have" },
  },
  appliesTo: some("credentials", (credential) => credential.eq("status", "active")),
  fails: some("credentials", (credential) =>
    all(credential.eq("status", "active"), any(credential.eq("hasExpiry", false), credential.gt("lifetimeDays", param("maxLifetimeDays")))),
  ),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Reissue this credential with an expiry date.",
    steps: ["Issue it again with the longest life the policy allows, or shorter.", "Set a maximum life for the whole organisation."],
    breaks: "Consumers stop at the expiry date unless renewal is arranged.",
    verify: "An expiry is set and inside the limit.",
  },
  evidence: ["usage.lastUsedAt"],
};
