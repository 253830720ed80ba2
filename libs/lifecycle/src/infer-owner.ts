import type { Human, OwnerClaim } from "@rollcall/nhi-model";

export interface OwnerInference {
  readonly ownerKind: OwnerClaim["ownerKind"];
  readonly label: string;
  /** Set when the claim names a person we know. */
  readonly personRef: string | null;
  readonly status: Human["status"];
  readonly departedAt: string | null;
  /** 0-1: share of the weight of all claims behind this owner. */
  readonly confidence: number;
  readonly signals: readonly string[];
  /** The next best supported other owner, so that disagreement is shown and not hidden. */
  readonly runnerUp: { readonly label: string; readonly confidence: number; readonly signals: readonly string[] } | null;
}

interface Candidate {
  readonly claims: OwnerClaim[];
  weight: number;
}

const candidateKey = (claim: OwnerClaim): string => (claim.personRef ?? claim.label).trim().toLowerCase();

/**
 * Who most probably answers for an identity: claims that name the same person or team add up. Ties go to the owner with the
 * newest claim, then by name, so the same claims always give the same answer.
 */
export function inferOwner(claims: readonly OwnerClaim[], humans: ReadonlyMap<string, Human>): OwnerInference | null {
  const named = claims.filter((claim) => claim.ownerKind !== "none" && claim.label.trim() !== "");
  if (named.length === 0) return null;
  const candidates = new Map<string, Candidate>();
  for (const claim of named) {
    const candidate = candidates.get(candidateKey(claim)) ?? { claims: [], weight: 0 };
    candidate.claims.push(claim);
    candidate.weight += claim.weight;
    candidates.set(candidateKey(claim), candidate);
  }
  const newest = (c: Candidate): string => c.claims.map((claim) => claim.observedAt).sort().at(-1)!;
  const ranked = [...candidates.entries()].sort(([keyA, a], [keyB, b]) =>
    b.weight - a.weight || newest(b).localeCompare(newest(a)) || keyA.localeCompare(keyB)).map(([, c]) => c);
  const total = ranked.reduce((sum, c) => sum + c.weight, 0);
  const confidenceOf = (c: Candidate): number => (total === 0 ? 0 : Math.round((100 * c.weight) / total) / 100);
  const signalsOf = (c: Candidate): readonly string[] => [...new Set(c.claims.map((claim) => claim.signal))].sort();
  const [winner, second] = ranked as [Candidate, Candidate?];
  const lead = [...winner.claims].sort((a, b) => b.weight - a.weight || b.observedAt.localeCompare(a.observedAt) || a.label.localeCompare(b.label))[0]!;
  const person = lead.personRef === null ? undefined : humans.get(lead.personRef);
  return {
    ownerKind: lead.ownerKind, label: person?.name ?? lead.label, personRef: lead.personRef,
    status: person?.status ?? "unknown", departedAt: person?.departedAt ?? null,
    confidence: confidenceOf(winner), signals: signalsOf(winner),
    runnerUp: second === undefined ? null : { label: second.claims[0]!.label, confidence: confidenceOf(second), signals: signalsOf(second) },
  };
}
