import type { Playbook, Severity } from "@rollcall/nhi-model";
import type { Task } from "./task.ts";

/** An open finding as far as tasks care. */
export interface TaskFinding {
  readonly ruleId: string;
  readonly subjectKind: "identity" | "source";
  readonly subjectId: string;
  readonly subjectName: string;
  readonly severity: Severity;
  readonly playbook: Playbook;
}

export interface TaskGroup {
  readonly subjectKind: "identity" | "source";
  readonly subjectId: string;
  readonly playbook: Playbook;
  /** The worst of its findings. */
  readonly severity: Severity;
  readonly title: string;
  readonly ruleIds: readonly string[];
}

const phrases: Readonly<Record<Playbook, string>> = {
  rotate: "Rotate the credentials of",
  revoke: "Revoke what leaked from",
  narrow: "Narrow the permissions of",
  assign_owner: "Find an owner for",
  retire: "Retire",
  register: "Register",
  federate: "Replace the static secret of",
  move_secret: "Move the secret of",
  review: "Review the access of",
  restrict_trust: "Tighten who may become",
  restrict_sign_in: "Stop people from signing in as",
  separate: "Split up",
  renew_certificate: "Renew the certificate of",
  govern_agent: "Bring under control:",
  document: "Complete the record of",
  investigate: "Look into the activity of",
  fix_source: "Repair the connection to",
};

export const taskTitle = (playbook: Playbook, subjectName: string): string => `${phrases[playbook]} ${subjectName}`;

export const taskKey = (of: Pick<Task, "subjectKind" | "subjectId" | "playbook">): string =>
  `${of.subjectKind} ${of.subjectId} ${of.playbook}`;

const order: readonly Severity[] = ["info", "low", "medium", "high", "critical"];
export const worstSeverity = (severities: readonly Severity[]): Severity =>
  severities.reduce<Severity>((worst, severity) => (order.indexOf(severity) > order.indexOf(worst) ? severity : worst), "info");

/** Findings that the same action clears become one task. The result does not depend on the order of the findings. */
export function groupFindings(findings: readonly TaskFinding[]): readonly TaskGroup[] {
  const groups = new Map<string, TaskFinding[]>();
  for (const finding of findings) {
    const key = taskKey(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => {
      const { subjectKind, subjectId, playbook, subjectName } = members[0] as TaskFinding;
      const ruleIds = [...new Set(members.map((finding) => finding.ruleId))].sort();
      const severity = worstSeverity(members.map((finding) => finding.severity));
      return { subjectKind, subjectId, playbook, severity, title: taskTitle(playbook, subjectName), ruleIds };
    });
}
