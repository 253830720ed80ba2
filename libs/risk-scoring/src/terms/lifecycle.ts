import type { NhiRecord } from "@rollcall/nhi-model";
import { evidenceAt } from "../evidence.ts";
import { exactly, sumOf, upTo } from "../range.ts";
import type { Range } from "../range.ts";
import { ageDays } from "../term.ts";
import type { TermDefinition } from "../term.ts";
import { weights } from "../weights.ts";

const points = weights.lifecycle;

/** Dormancy needs evidence: without enough days of logs "not used" may mean "not seen". */
function dormancyPoints(record: NhiRecord, nowMs: number): Range {
  if (record.status !== undefined && record.status !== "active") return exactly(0);
  const idle = ageDays(record.usage?.lastUsedAt, nowMs);
  if (idle === undefined) return upTo(points.dormantLong);
  const worst = idle <= weights.dormantDays ? 0 : idle <= weights.dormantLongDays ? points.dormant : points.dormantLong;
  const observed = record.usage?.observedDays;
  if (observed !== undefined && observed < weights.dormancyEvidenceDays) return exactly(0);
  return observed === undefined || record.status === undefined ? upTo(worst) : exactly(worst);
}

function workloadPoints(status: NonNullable<NhiRecord["workload"]>["status"]): Range {
  if (status === undefined) return upTo(points.workloadGone);
  return exactly(status === "running" ? 0 : points.workloadGone);
}

export const lifecycle: TermDefinition = {
  id: "lifecycle",
  label: "Need",
  group: "exposure",
  cap: weights.caps.lifecycle,
  points: ({ record, nowMs }) => sumOf([dormancyPoints(record, nowMs), workloadPoints(record.workload?.status)]),
  why: ({ record, nowMs }) => {
    const idle = ageDays(record.usage?.lastUsedAt, nowMs);
    const use = idle === undefined ? "No use recorded" : idle <= weights.dormantDays ? "In use" : `Not used for ${Math.floor(idle)} days`;
    const workload = record.workload?.status;
    if (workload === undefined) return `${use}; its workload is not known`;
    return workload === "running" ? use : `${use}; its workload is ${workload}`;
  },
  evidence: ({ record }) => evidenceAt(record, ["usage.lastUsedAt", "usage.observedDays", "workload.status"]),
};
