import { active } from "../applicability.ts";
import { all, eq, olderThanDays, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const unregisteredIdentity: Rule = {
  id: "INV-001",
  title: "Never registered",
  phase: "discovery-inventory",
  stage: "discovery",
  entity: "identity",
  playbook: "register",
  rationale:
    "Nobody declared this identity, so it has no stated purpose, no owner and no end. Every coverage figure that leaves it out is wrong.",
  params: {
    graceDays: { default: 7, unit: "days", label: "Days an identity may stay undeclared after it is first seen" },
  },
  appliesTo: active,
  fails: all(eq("inventory.registered", false), olderThanDays("inventory.firstSeenAt", param("graceDays"))),
  severity: { base: "medium", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Register this identity, or disable it if nobody claims it.",
    steps: [
      "Look up who created it in the audit log of the source and ask what it is for.",
      "Record purpose, owner, environment and the event that ends its need.",
      "Close the route by which it was created without an intake record.",
    ],
    breaks: "Disabling an identity that something undeclared depends on stops that workload; check recent use first.",
    verify: "The next sync shows it registered or no longer active.",
  },
  evidence: ["createdAt", "usage.lastUsedAt"],
};
