import { all, param, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, own, privileged } from "../severity.ts";

export const rotationOverdue: Rule = {
  id: "ROT-001",
  title: "Rotation overdue",
  phase: "secure-storage-rotation",
  stage: "rotation",
  entity: "identity",
  playbook: "rotate",
  rationale: "The longer a secret stays the same, the more copies of it exist and the longer a thief can use one.",
  params: {
    rotationDays: { default: 90, unit: "days", label: "Days a static credential may stay unchanged" },
  },
  appliesTo: some("credentials", (credential) => all(credential.eq("status", "active"), credential.eq("static", true))),
  fails: some("credentials", (credential) =>
    all(credential.eq("status", "active"), credential.eq("static", true), credential.olderThanDays("lastRotatedAt", param("rotationDays"))),
  ),
  severity: {
    base: "medium",
    modifiers: [
      crown,
      privileged,
      nonProduction,
      own(
        1,
        "Unchanged for more than a year",
        some("credentials", (credential) =>
          all(credential.eq("status", "active"), credential.eq("static", true), credential.olderThanDays("lastRotatedAt", 365)),
        ),
      ),
    ],
  },
  remediation: {
    action: "Rotate this credential, with an overlap for its consumers.",
    steps: [
      "Create a second credential and hand it to every known consumer.",
      "Watch until the old one is no longer used.",
      "Revoke the old one and automate the next rotation.",
    ],
    breaks: "A consumer that was not switched over fails when the old value is revoked.",
    verify: "The last rotation lies inside the policy.",
  },
  evidence: ["usage.lastUsedAt", "dependencies.mappedAt"],
};
