import { evidenceAt } from "../evidence.ts";
import { exactly, upTo } from "../range.ts";
import type { TermDefinition } from "../term.ts";
import { weights } from "../weights.ts";

const points = weights.ownership;

export const ownership: TermDefinition = {
  id: "ownership",
  label: "Ownership",
  group: "exposure",
  cap: weights.caps.ownership,
  points: ({ record }) => {
    const { kind, personId, status } = record.owner ?? {};
    if (status === "departed") return exactly(points.departed);
    if (kind === "none") return exactly(points.none);
    if (kind === undefined && personId === undefined) return upTo(weights.caps.ownership);
    const least = points[kind ?? "person"];
    return status === undefined ? { min: least, max: points.departed } : exactly(least);
  },
  why: ({ record }) => {
    const { kind, personId, status } = record.owner ?? {};
    if (status === "departed") return "Its owner has left";
    if (kind === "none") return "It has no owner";
    if (kind === "service" || kind === "mailbox" || kind === "team") return `A ${kind} is recorded as owner, not a person`;
    if (kind === undefined && personId === undefined) return "Nothing is known about an owner";
    return status === undefined
      ? "Its owner is recorded; whether that person is still here is not known"
      : "A present person answers for it";
  },
  evidence: ({ record }) => evidenceAt(record, ["owner.kind", "owner.personId", "owner.status"]),
};
