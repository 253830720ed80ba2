import { active, isPlatformManaged } from "../applicability.ts";
import { all, any, missing, olderThanDays, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, privileged } from "../severity.ts";

export const managedNoRevocation: Rule = {
  id: "MNG-004",
  title: "Platform-managed, no tested emergency stop",
  phase: "compliance-governance",
  stage: "offboarding",
  entity: "identity",
  playbook: "document",
  rationale: "In an incident somebody must be allowed to revoke this, know how, and have done it before.",
  params: {
    testDays: { default: 365, unit: "days", label: "Days a rehearsal of the emergency stop stays valid" },
  },
  appliesTo: all(active, isPlatformManaged),
  fails: any(
    missing("managed.revocationAuthority"),
    missing("managed.revocationRunbook"),
    missing("managed.revocationTestedAt"),
    olderThanDays("managed.revocationTestedAt", param("testDays")),
  ),
  severity: { base: "high", modifiers: [crown, privileged] },
  remediation: {
    action: "Name who may revoke, write the steps, and rehearse them.",
    steps: [
      "Name a person or role on call at any hour.",
      "Write the order, what breaks, and the way back.",
      "Rehearse it and note how long it took.",
    ],
    breaks: "A rehearsal can interrupt consumers; choose the window with them.",
    verify: "The emergency stop was rehearsed inside the period.",
  },
  evidence: ["managed.revocationAuthority", "managed.consumerCount"],
};
