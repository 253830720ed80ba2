import { any, field, in_, olderThanHours } from "../condition.ts";
import type { Rule } from "../rule.ts";

export const staleSource: Rule = {
  id: "INV-003",
  title: "Source is stale or failing",
  phase: "discovery-inventory",
  stage: "discovery",
  entity: "source",
  playbook: "fix_source",
  rationale:
    "What this source covers is judged on old data, and silence from it looks like good news. Its findings cannot be closed until it reads completely again.",
  params: {},
  fails: any(
    in_("source.status", ["failing", "not_connected"]),
    olderThanHours("source.lastSuccessAt", field("source.expectedIntervalHours")),
  ),
  severity: { base: "medium", modifiers: [] },
  remediation: {
    action: "Bring this source back to complete, regular syncs.",
    steps: [
      "Read the error of the last run and restore the missing credential or permission.",
      "Run a full sync and check that every scope ends complete.",
      "Treat answers that rest on this source as old until then.",
    ],
    breaks: "Nothing: read access only.",
    verify: "The source reports a complete sync inside its agreed interval.",
  },
  evidence: ["source.status", "source.lastSuccessAt"],
};
