import { active, isPlatformManaged } from "../applicability.ts";
import { all, any, eq, gte, param } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown } from "../severity.ts";

export const controlPlaneConcentration: Rule = {
  id: "MNG-005",
  title: "Control plane with too much power",
  phase: "compliance-governance",
  stage: "governance",
  entity: "identity",
  playbook: "separate",
  rationale: "Many consumers depend on one managing identity with wide rights. If it falls, everything behind it falls.",
  params: {
    consumers: { default: 25, unit: "count", label: "Consumers from which concentration counts" },
  },
  appliesTo: all(active, isPlatformManaged),
  fails: all(
    gte("managed.consumerCount", param("consumers")),
    any(eq("access.admin", true), eq("access.wildcard", true), gte("access.blastRadius", 70)),
  ),
  severity: { base: "high", modifiers: [crown] },
  remediation: {
    action: "Split this control plane by environment or tier.",
    steps: [
      "Separate environments, so that one loss stays local.",
      "Require two people for changes to its policies.",
      "Watch it like your most critical systems.",
    ],
    breaks: "Moving consumers to another control plane interrupts their credential supply.",
    verify: "Fewer consumers or fewer rights hang on it.",
  },
  evidence: ["managed.consumerCount"],
};
