import { all, any, some } from "../condition.ts";
import type { Rule } from "../rule.ts";
import { crown, nonProduction, own, privileged } from "../severity.ts";

export const secretOutsideStore: Rule = {
  id: "LEAK-002",
  title: "Secret kept outside a store",
  phase: "secure-storage-rotation",
  stage: "provisioning",
  entity: "identity",
  playbook: "move_secret",
  rationale: "A secret lying in source files, settings or messages escapes rotation, and reading it leaves no trace.",
  params: {},
  appliesTo: some("credentials", (credential) => all(credential.eq("status", "active"), credential.eq("static", true))),
  fails: some("credentials", (credential) =>
    all(
      credential.eq("status", "active"),
      credential.eq("static", true),
      any(
        credential.eq("approvedStore", false),
        credential.in_("storage", ["code", "config", "ci_variable", "env_var", "chat", "ticket", "wiki", "filesystem"]),
      ),
    ),
  ),
  severity: {
    base: "medium",
    modifiers: [
      crown,
      privileged,
      nonProduction,
      own(
        1,
        "Kept where many people can read it",
        some("credentials", (credential) => credential.in_("storage", ["code", "chat", "wiki"])),
      ),
    ],
  },
  remediation: {
    action: "Move the secret into an approved store and rotate it.",
    steps: [
      "Put the master copy into the store and inject it at run time.",
      "Rotate after the move, since the old copies stay readable.",
      "Delete the old copies, including history.",
    ],
    breaks: "A consumer that still reads the old location fails after the rotation.",
    verify: "The store holds the only copy.",
  },
  evidence: ["workload.status"],
};
