import type { NhiRecord } from "@rollcall/nhi-model";
import { evidenceAt, evidenceIn } from "../evidence.ts";
import { exactly, possible, spanOf, sumOf, upTo, worstOf } from "../range.ts";
import type { Range } from "../range.ts";
import { ageDays } from "../term.ts";
import type { TermDefinition } from "../term.ts";
import { weights } from "../weights.ts";

const points = weights.trust;
type Trust = NonNullable<NhiRecord["trust"]>[number];

function vendorPoints(vendor: NhiRecord["thirdParty"], nowMs: number): Range {
  if (vendor?.external === undefined) return upTo(points.vendorLapsed);
  if (!vendor.external) return exactly(0);
  if (vendor.vendorStatus === "ended") return exactly(points.vendorLapsed);
  const vetted = ageDays(vendor.vettedAt, nowMs);
  if (vetted !== undefined && vetted > weights.vendorVettingDays) return exactly(points.vendorLapsed);
  return vetted === undefined || vendor.vendorStatus === undefined
    ? { min: points.vendor, max: points.vendorLapsed }
    : exactly(points.vendor);
}

/** Points of one trust when everything is known. */
function knownTrustPoints(
  trust: Required<Pick<Trust, "kind" | "external" | "externalIdRequired" | "subjectMatch" | "audiencePinned">>,
): number {
  if (trust.kind === "cross_account") {
    if (!trust.external) return 0;
    return trust.externalIdRequired ? points.outsideTrust : points.looseTrust;
  }
  return trust.subjectMatch === "exact" && trust.audiencePinned ? 0 : points.looseTrust;
}

function trustPoints(trust: Trust): Range {
  const found: number[] = [];
  for (const kind of possible(trust.kind, ["cross_account", "oidc", "saml"] as const))
    for (const external of possible(trust.external, [true, false]))
      for (const externalIdRequired of possible(trust.externalIdRequired, [true, false]))
        for (const subjectMatch of possible(trust.subjectMatch, ["exact", "wildcard", "none"] as const))
          for (const audiencePinned of possible(trust.audiencePinned, [true, false]))
            found.push(knownTrustPoints({ kind, external, externalIdRequired, subjectMatch, audiencePinned }));
  return spanOf(found);
}

function humanPoints(usage: NhiRecord["usage"]): Range {
  const sessions = usage?.interactiveSessions;
  if (sessions === 0) return exactly(0);
  if (sessions === undefined || usage?.approvedInteractiveSessions === undefined) return upTo(points.humanUse);
  return exactly(sessions > usage.approvedInteractiveSessions ? points.humanUse : 0);
}

export const trustBoundary: TermDefinition = {
  id: "trust_boundary",
  label: "Trust beyond its boundary",
  group: "exposure",
  cap: weights.caps.trustBoundary,
  points: ({ record, nowMs }) =>
    sumOf([
      vendorPoints(record.thirdParty, nowMs),
      record.trust === undefined ? upTo(points.looseTrust) : worstOf(record.trust.map(trustPoints)),
      humanPoints(record.usage),
    ]),
  why: ({ record }, range) => {
    const parts = [
      record.thirdParty?.external === true ? "another organisation uses or runs it" : null,
      (record.trust ?? []).some((trust) => trustPoints(trust).min > 0) ? "it trusts parties outside" : null,
      humanPoints(record.usage).min > 0 ? "people act through it" : null,
    ].filter((part) => part !== null);
    if (parts.length > 0) return parts.join(", ").replace(/^./, (letter) => letter.toUpperCase());
    return range.max === 0 ? "Used by its own workload only" : "Who else may use it is not fully known";
  },
  evidence: ({ record }) => [
    ...evidenceAt(record, ["thirdParty.external", "usage.interactiveSessions"]),
    ...evidenceIn(record, "trust", ["kind", "subjectMatch", "external"]),
  ],
};
