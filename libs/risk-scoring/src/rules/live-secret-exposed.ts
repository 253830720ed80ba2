import { all, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, own, privileged } from "../severity.ts";

export const liveSecretExposed: Rule = {
  id: "LEAK-001",
  title: "Working secret exposed",
  phase: "secure-storage-rotation",
  stage: "active-use",
  entity: "identity",
  playbook: "revoke",
  rationale: "A credential that still works has been found where others can read it. Anyone who saw it can act as this identity.",
  params: {},
  fails: some("credentials", (credential) =>
    all(credential.eq("exposure.state", "confirmed"), credential.eq("exposure.live", true), credential.ne("status", "revoked")),
  ),
  severity: {
    base: "high",
    modifiers: [
      crown,
      privileged,
      own(
        1,
        "Readable by the public",
        some("credentials", (credential) => credential.eq("exposure.audience", "public")),
      ),
    ],
  },
  remediation: {
    action: "Revoke the exposed credential now, then remove the copy.",
    steps: [
      "Revoke or replace it before cleaning up where it was found.",
      "Review its use since the exposure and open an incident for use nobody can explain.",
      "Keep the replacement in an approved store, or do without a secret.",
      "Block the place it leaked to from accepting secrets.",
    ],
    breaks: "Every consumer of the old value stops until it has the new one.",
    verify: "The exposed value no longer works.",
  },
  evidence: ["usage.lastUsedAt", "workload.status"],
};
