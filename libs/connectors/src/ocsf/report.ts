import type { ReportState, Severity } from "@rollcall/nhi-model";
import { readInstant } from "../input/read-instant.ts";
import { redactText } from "../input/redact-text.ts";
import { fitRef, type Draft } from "../observe/collector.ts";
import { findingClasses, type OcsfFinding } from "./finding.ts";
import { subjectsOf } from "./subjects.ts";

type ReportDraft = Extract<Draft, { kind: "report" }>;

const severities: Readonly<Record<number, Severity>> = { 1: "info", 2: "low", 3: "medium", 4: "high", 5: "critical", 6: "critical" };
const closed = 3;
const statuses = { suppressed: 3, resolved: 4, archived: 5, deleted: 6 } as const;
const compliancePass = 1;

/** A check that passed is no finding, but that it was made is worth knowing. */
export function stateOf(finding: OcsfFinding): ReportState {
  if (finding.status_id === statuses.suppressed || finding.status_id === statuses.archived) return "suppressed";
  if (finding.activity_id === closed || finding.status_id === statuses.resolved || finding.status_id === statuses.deleted)
    return "resolved";
  if (finding.compliance?.status_id === compliancePass || /^pass(?:ed)?$/i.test(finding.status_code ?? "")) return "passed";
  return "open";
}

export const toolOf = ({ metadata: { product } }: OcsfFinding): string =>
  redactText(product.name ?? product.feature?.name ?? product.vendor_name ?? "unnamed tool").slice(0, 128);

const instantOf = (value: number | string | undefined, written: string | undefined): string | undefined =>
  readInstant(written) ?? readInstant(value);

/** When the finding says that it was last true: of two events about one finding the later one counts. */
export const eventTime = ({ finding_info: info, ...event }: OcsfFinding): string | undefined =>
  instantOf(event.time, event.time_dt) ??
  instantOf(info.modified_time, info.modified_time_dt) ??
  instantOf(info.last_seen_time, info.last_seen_time_dt) ??
  instantOf(info.created_time, info.created_time_dt);

/** One report for each thing the finding is about: each of them shows it. */
export function reportsOf(finding: OcsfFinding): readonly ReportDraft[] {
  const { finding_info: info, metadata } = finding;
  const severity = severities[finding.severity_id ?? 0];
  const rule = metadata.event_code ?? finding.compliance?.control ?? info.analytic?.uid ?? info.analytic?.name;
  const firstSeenAt = instantOf(info.first_seen_time, info.first_seen_time_dt) ?? instantOf(info.created_time, info.created_time_dt);
  const lastSeenAt = instantOf(info.last_seen_time, info.last_seen_time_dt) ?? eventTime(finding);
  const common = {
    kind: "report",
    tool: toolOf(finding),
    title: redactText(info.title).slice(0, 512),
    state: stateOf(finding),
    ...(severity === undefined ? {} : { severity }),
    ...(rule === undefined ? {} : { rule: redactText(rule).slice(0, 256) }),
    ...(firstSeenAt === undefined ? {} : { firstSeenAt }),
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
    ...(finding.remediation?.desc === undefined ? {} : { advice: redactText(finding.remediation.desc).slice(0, 2000) }),
    attributes: attributesOf(finding),
  } as const;
  const subjects = subjectsOf(finding);
  if (subjects.length === 0) return [{ ...common, ref: fitRef(info.uid) }];
  return subjects.map(({ ref, name }) => ({
    ...common,
    ref: fitRef(subjects.length === 1 ? info.uid : `${info.uid}|${ref}`),
    identityRef: fitRef(redactText(ref)),
    subject: redactText(name).slice(0, 512),
  }));
}

function attributesOf(finding: OcsfFinding): Record<string, unknown> {
  const { compliance, access_analysis_result: access, identity_activity_metrics: activity, cloud } = finding;
  const counted = (finding.permission_analysis_results ?? []).filter((one) => one !== null);
  const sum = (field: "unused_privileges_count" | "unused_services_count"): number | undefined =>
    counted.some((one) => one[field] !== undefined) ? counted.reduce((total, one) => total + (one[field] ?? 0), 0) : undefined;
  const all: Record<string, unknown> = {
    class: findingClasses[finding.class_uid],
    provider: cloud?.provider,
    account: cloud?.account?.uid,
    standards: shortList(compliance?.standards),
    requirements: shortList(compliance?.requirements),
    accessLevel: access?.access_level,
    accessType: access?.access_type,
    lastActivityAt: instantOf(activity?.last_seen_time, activity?.last_seen_time_dt),
    unusedPrivileges: sum("unused_privileges_count"),
    unusedServices: sum("unused_services_count"),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === "string" ? redactText(value).slice(0, 512) : value]],
    ),
  );
}

const shortList = (values: readonly string[] | undefined): readonly string[] | undefined =>
  values === undefined || values.length === 0 ? undefined : values.slice(0, 20).map((one) => redactText(one).slice(0, 256));
