import type { FindingGroup, FindingRow, FindingView, ReadStore, RuleTally } from "@rollcall/posture-pipeline";
import { ruleById } from "@rollcall/risk-scoring";
import { evidenceInWords } from "./evidence-words.ts";
import { ruleTitle } from "./rule-words.ts";

type StoredGroup = Awaited<ReturnType<ReadStore["findingGroups"]>>[number];

export const findingView = (row: FindingRow): FindingView => ({
  ...row,
  ruleTitle: ruleTitle(row.ruleId),
  evidence: evidenceInWords(row.evidence),
});

export function findingGroups(groups: readonly StoredGroup[], tallies: readonly RuleTally[]): readonly FindingGroup[] {
  const tallyByRule = new Map(tallies.map((tally) => [tally.ruleId, tally]));
  return groups.map((group) => {
    const rule = ruleById(group.ruleId);
    const tally = tallyByRule.get(group.ruleId);
    return {
      ...group,
      title: rule?.title ?? group.ruleId,
      phase: rule?.phase ?? "posture-monitoring-detection",
      playbook: rule?.playbook ?? "investigate",
      pass: tally?.pass ?? 0,
      unknown: tally?.unknown ?? 0,
      notApplicable: tally?.notApplicable ?? 0,
    };
  });
}
