import { all, present, root, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, privileged } from "../severity.ts";

export const custodianDeparted: Rule = {
  id: "OFF-004",
  title: "Not rotated since its keeper left",
  phase: "secure-storage-rotation",
  stage: "rotation",
  entity: "identity",
  playbook: "rotate",
  rationale: "The person who could read this secret has left and the secret has not changed since, so they can still use it.",
  params: {},
  fails: all(
    present("owner.departedAt"),
    some("credentials", (credential) =>
      all(credential.eq("status", "active"), credential.eq("static", true), credential.before("lastRotatedAt", root("owner.departedAt"))),
    ),
  ),
  severity: { base: "high", modifiers: [crown, privileged, nonProduction] },
  remediation: {
    action: "Rotate every credential that the leaver could read.",
    steps: [
      "Rotate now, with an overlap if consumers are known.",
      "Look at its use since the departure date.",
      "Check which other secrets that person could read.",
    ],
    breaks: "Consumers that still hold the old value stop at the moment it is revoked.",
    verify: "Every active credential was rotated after the departure.",
  },
  evidence: ["owner.departedAt", "owner.personId"],
};
