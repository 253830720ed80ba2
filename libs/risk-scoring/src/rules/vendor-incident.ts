import { all, any, eq, present, root, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { nonProduction } from "../severity.ts";

export const vendorIncident: Rule = {
  id: "TPX-005",
  title: "Not rotated since the vendor's incident",
  phase: "secure-storage-rotation",
  stage: "rotation",
  entity: "identity",
  playbook: "rotate",
  rationale: "The vendor has declared an incident, so every credential it held may be in other hands until it changes.",
  params: {},
  appliesTo: any(eq("thirdParty.external", true), present("thirdParty.incidentDeclaredAt")),
  fails: all(
    present("thirdParty.incidentDeclaredAt"),
    some("credentials", (credential) =>
      all(credential.eq("status", "active"), credential.before("lastRotatedAt", root("thirdParty.incidentDeclaredAt"))),
    ),
  ),
  severity: { base: "critical", modifiers: [nonProduction] },
  remediation: {
    action: "Rotate everything this vendor held.",
    steps: [
      "Rotate all credentials the vendor could read.",
      "Search for use from places you do not know.",
      "Keep the grant as small as possible while the incident is open.",
    ],
    breaks: "The integration stops until the vendor has the new value.",
    verify: "Every active credential was rotated after the incident.",
  },
  evidence: ["thirdParty.vendorStatus", "usage.lastUsedAt"],
};
