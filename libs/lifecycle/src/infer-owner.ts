import type { Human, OwnerClaim } from "@rollcall/nhi-model";

export interface OwnerCandidate {
  readonly ownerKind: OwnerClaim["ownerKind"];
  readonly personRef: string | null;
  readonly label: string;
  /** 0-1: how strongly its signals speak for it, counted together. */
  readonly support: number;
  readonly signals: readonly { readonly signal: string; readonly weight: number }[];
}

export interface OwnerInference {
  readonly ownerKind: OwnerClaim["ownerKind"];
  readonly personRef: string | null;
  readonly label: string;
  readonly status: Human["status"];
  readonly departedAt: string | null;
  /** 0-1: support of the winner, reduced by what speaks for the next one. */
  readonly confidence: number;
  readonly runnerUp: OwnerCandidate | null;
  /** The runner-up has at least half the support of the winner: show both. */
  readonly disagreement: boolean;
  /** All candidates, best first. */
  readonly candidates: readonly OwnerCandidate[];
  /** Why, for a person to read. */
  readonly sentence: string;
}

/** People by both ways a claim may name them. Build it once per run: claims are looked up for every identity. */
export interface HumanDirectory {
  readonly byRef: ReadonlyMap<string, Human>;
  readonly byEmail: ReadonlyMap<string, Human>;
}

export function humanDirectory(humans: Iterable<Human>): HumanDirectory {
  const all = [...humans];
  return {
    byRef: new Map(all.map((human) => [human.ref, human])),
    byEmail: new Map(all.flatMap((human) => (human.email === null ? [] : [[human.email.toLowerCase(), human] as const]))),
  };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/**
 * The best supported owner among the claims, or null without any. Independent signals add up as chances do (two signals
 * of 0.5 make 0.75); the same signal twice counts once. A claim of "none" wins only when nobody is claimed at all.
 */
export function inferOwner(claims: readonly OwnerClaim[], humans: HumanDirectory): OwnerInference | null {
  const named = claims.filter((claim) => claim.ownerKind !== "none");
  const candidates = candidatesOf(named.length > 0 ? named : claims, humans);
  const [winner, runnerUp = null] = candidates;
  if (winner === undefined) return null;
  const human = winner.personRef === null ? undefined : humans.byRef.get(winner.personRef);
  const against = runnerUp?.support ?? 0;
  const share = winner.support + against === 0 ? 0 : winner.support / (winner.support + against);
  const disagreement = runnerUp !== null && runnerUp.support >= winner.support / 2;
  return {
    ownerKind: winner.ownerKind,
    personRef: winner.personRef,
    label: human?.name ?? winner.label,
    status: human?.status ?? "unknown",
    departedAt: human?.departedAt ?? null,
    confidence: rounded(winner.support * share),
    runnerUp,
    disagreement,
    candidates,
    sentence: sentenceOf(winner, disagreement ? runnerUp : null),
  };
}

function candidatesOf(claims: readonly OwnerClaim[], humans: HumanDirectory): readonly OwnerCandidate[] {
  const groups = new Map<string, { claim: OwnerClaim; personRef: string | null; weights: Map<string, number> }>();
  for (const claim of [...claims].sort((a, b) => compare(a.label, b.label))) {
    const personRef = claim.ownerKind === "person" ? (claim.personRef ?? humans.byEmail.get(claim.label.toLowerCase())?.ref ?? null) : null;
    const key = personRef === null ? `${claim.ownerKind} ${claim.label.toLowerCase()}` : `person ${personRef}`;
    const group = groups.get(key) ?? { claim, personRef, weights: new Map<string, number>() };
    group.weights.set(claim.signal, Math.max(group.weights.get(claim.signal) ?? 0, claim.weight));
    groups.set(key, group);
  }
  return [...groups.entries()]
    .map(([key, { claim, personRef, weights }]) => {
      const signals = [...weights]
        .map(([signal, weight]) => ({ signal, weight }))
        .sort((a, b) => b.weight - a.weight || compare(a.signal, b.signal));
      const support = rounded(1 - signals.reduce((left, { weight }) => left * (1 - weight), 1));
      return { key, candidate: { ownerKind: claim.ownerKind, personRef, label: claim.label, support, signals } };
    })
    .sort((a, b) => b.candidate.support - a.candidate.support || rank(b.candidate) - rank(a.candidate) || compare(a.key, b.key))
    .map(({ candidate }) => candidate);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** With equal support a person goes before a team: somebody has to answer. */
const rank = (candidate: OwnerCandidate): number => (candidate.ownerKind === "person" ? 1 : 0);

function sentenceOf(winner: OwnerCandidate, rival: OwnerCandidate | null): string {
  const because = (candidate: OwnerCandidate): string => `${candidate.label} (${candidate.signals.map(({ signal }) => signal).join(", ")})`;
  if (winner.ownerKind === "none") return `The source says that nobody owns it (${winner.signals.map(({ signal }) => signal).join(", ")}).`;
  return rival === null ? `Signals point to ${because(winner)}.` : `Signals point to ${because(winner)}, but also to ${because(rival)}.`;
}
