import type { Observation } from "@rollcall/nhi-model";
import type { EntityDraft, MergeObservations, ObservationGroup } from "../ports/ingest-store.ts";
import { mergeFacts } from "./merge-facts.ts";

type Of<K extends Observation["kind"]> = Extract<Observation, { kind: K }>;
interface Statement<K extends Observation["kind"]> {
  readonly dataset: string;
  readonly observedAt: string;
  readonly observation: Of<K>;
}

/** Authority first: a statement with the provider's own id describes the thing itself, others only mention it. Then the newest. */
function byAuthority<K extends Observation["kind"]>(statements: readonly Statement<K>[]): readonly Statement<K>[] {
  const rank = (s: Statement<K>): number => ("nativeId" in s.observation && s.observation.nativeId !== undefined ? 0 : 1);
  return [...statements].sort(
    (a, b) => rank(a) - rank(b) || b.observedAt.localeCompare(a.observedAt) || a.dataset.localeCompare(b.dataset),
  );
}

const firstDefined = <K extends Observation["kind"], T>(
  statements: readonly Statement<K>[],
  read: (o: Of<K>) => T | undefined,
): T | null => {
  for (const statement of statements) {
    const value = read(statement.observation);
    if (value !== undefined) return value;
  }
  return null;
};

/** Later statements only fill what earlier (more authoritative) ones leave out. */
const mergedAttributes = (
  statements: readonly { readonly observation: { readonly attributes: Record<string, unknown> } }[],
): Record<string, unknown> => Object.assign({}, ...statements.map((s) => s.observation.attributes).reverse()) as Record<string, unknown>;

function identityDraft(statements: readonly Statement<"identity">[]): EntityDraft {
  const ordered = byAuthority(statements);
  const lead = ordered[0]!.observation;
  return {
    kind: "identity",
    identityKind: lead.identityKind,
    ref: lead.ref,
    nativeId: firstDefined(ordered, (o) => o.nativeId),
    name: lead.name,
    provider: lead.provider,
    account: firstDefined(ordered, (o) => o.account),
    facts: mergeFacts(ordered.map((s) => ({ dataset: s.dataset, observedAt: s.observedAt, facts: s.observation.facts }))),
    attributes: mergedAttributes(ordered),
  };
}

function credentialDraft(statements: readonly Statement<"credential">[]): EntityDraft {
  const ordered = byAuthority(statements);
  const lead = ordered[0]!.observation;
  return {
    kind: "credential",
    credentialKind: lead.credentialKind,
    ref: lead.ref,
    identityRef: lead.identityRef,
    name: firstDefined(ordered, (o) => o.name),
    fingerprint: firstDefined(ordered, (o) => o.fingerprint),
    facts: mergeFacts(ordered.map((s) => ({ dataset: s.dataset, observedAt: s.observedAt, facts: s.observation.facts }))),
  };
}

function resourceDraft(statements: readonly Statement<"resource">[]): EntityDraft {
  const ordered = byAuthority(statements);
  const lead = ordered[0]!.observation;
  const sensitivity = firstDefined(ordered, (o) => o.sensitivity);
  return {
    kind: "resource",
    resourceKind: lead.resourceKind,
    ref: lead.ref,
    name: lead.name,
    provider: lead.provider,
    account: firstDefined(ordered, (o) => o.account),
    environment: firstDefined(ordered, (o) => o.environment),
    sensitivity: sensitivity?.weight ?? 0,
    sensitivityReason: sensitivity?.reason ?? null,
    tierZero: sensitivity?.tierZero ?? false,
    attributes: mergedAttributes(ordered),
  };
}

function grantDraft(statements: readonly Statement<"grant">[]): EntityDraft {
  const ordered = byAuthority(statements);
  const { ref, dialect, grantKind, from, to } = ordered[0]!.observation;
  return {
    kind: "grant",
    ref,
    dialect,
    grantKind,
    from,
    to,
    level: firstDefined(ordered, (o) => o.level),
    conditional: firstDefined(ordered, (o) => o.conditional),
    attributes: mergedAttributes(ordered),
  };
}

function usageDraft(statements: readonly Statement<"usage">[]): EntityDraft {
  const used = statements
    .map((s) => s.observation.lastUsedAt)
    .filter((t) => t !== undefined)
    .sort();
  const days = statements.map((s) => s.observation.observedDays).filter((d) => d !== undefined);
  const lead = byAuthority(statements)[0]!.observation;
  return {
    kind: "usage",
    ref: lead.ref,
    identityRef: lead.identityRef,
    service: lead.service ?? null,
    lastUsedAt: used.at(-1) ?? null,
    observedDays: days.length > 0 ? Math.max(...days) : null,
  };
}

function ownerDraft(statements: readonly Statement<"owner">[]): EntityDraft {
  const { observation, observedAt } = byAuthority(statements)[0]!;
  const { ref, identityRef, ownerKind, label, signal, weight } = observation;
  return { kind: "owner", ref, identityRef, ownerKind, personRef: observation.personRef ?? null, label, signal, weight, observedAt };
}

function humanDraft(statements: readonly Statement<"human">[]): EntityDraft {
  const { ref, name, email, status, departedAt } = byAuthority(statements)[0]!.observation;
  return { kind: "human", ref, name, email: email ?? null, status, departedAt: departedAt ?? null };
}

/** One row of the inventory out of everything stated about one (kind, ref). Null for kinds that have no row (`source`, `report`). */
export const mergeObservations: MergeObservations = (group: ObservationGroup) => {
  const statements = group.statements as unknown;
  switch (group.kind) {
    case "identity":
      return identityDraft(statements as Statement<"identity">[]);
    case "credential":
      return credentialDraft(statements as Statement<"credential">[]);
    case "resource":
      return resourceDraft(statements as Statement<"resource">[]);
    case "grant":
      return grantDraft(statements as Statement<"grant">[]);
    case "usage":
      return usageDraft(statements as Statement<"usage">[]);
    case "owner":
      return ownerDraft(statements as Statement<"owner">[]);
    case "human":
      return humanDraft(statements as Statement<"human">[]);
    case "source":
    case "report":
      return null;
  }
};
