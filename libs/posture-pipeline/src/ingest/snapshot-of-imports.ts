import type { Credential, Grant, Human, Identity, OwnerClaim, Resource, SourceInfo, Usage } from "@rollcall/nhi-model";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { ParsedImport } from "../ports/connector.ts";
import type { EntityDraft, ObservationGroup } from "../ports/ingest-store.ts";
import { mergeObservations } from "./merge-observations.ts";

type Of<K extends EntityDraft["kind"]> = Extract<EntityDraft, { kind: K }>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Tables {
  readonly identities: Identity[];
  readonly credentials: Credential[];
  readonly resources: Resource[];
  readonly grants: Grant[];
  readonly usage: Usage[];
  readonly ownerClaims: OwnerClaim[];
  readonly humans: Human[];
}

/** Ids are made of the reference: readable, and the same for the same input. */
const idOf = (kind: string, sourceId: string, ref: string): string => `${kind}:${sourceId}:${ref}`;

function groupsOf(source: ParsedImport): readonly ObservationGroup[] {
  const groups = new Map<string, Mutable<ObservationGroup> & { statements: ObservationGroup["statements"][number][] }>();
  const observedAt = new Map(source.reports.map((report) => [report.scope.dataset, report.observedAt]));
  for (const { scope, observation } of source.observations) {
    const key = `${observation.kind} ${observation.ref}`;
    const group = groups.get(key) ?? { kind: observation.kind, ref: observation.ref, statements: [] };
    groups.set(key, group);
    group.statements.push({ dataset: scope.dataset, observedAt: observedAt.get(scope.dataset) ?? source.asOf, observation });
  }
  return [...groups.values()];
}

function addEntity(tables: Tables, draft: EntityDraft, source: SourceInfo): void {
  const id = (kind: string, ref: string): string => idOf(kind, source.id, ref);
  const base = { sourceId: source.id };
  switch (draft.kind) {
    case "identity": {
      const { kind, identityKind, nativeId, ...rest } = draft;
      tables.identities.push({
        ...rest,
        ...base,
        id: id(kind, draft.ref),
        kind: identityKind,
        nativeId: nativeId ?? draft.ref,
        firstSeenAt: source.asOf ?? "",
        missingSince: null,
        goneAt: null,
      });
      return;
    }
    case "credential": {
      const { kind, credentialKind, identityRef, ...rest } = draft;
      tables.credentials.push({ ...rest, ...base, id: id(kind, draft.ref), kind: credentialKind, identityId: id("identity", identityRef) });
      return;
    }
    case "resource": {
      const { kind, resourceKind, ...rest } = draft;
      tables.resources.push({ ...rest, ...base, id: id(kind, draft.ref), kind: resourceKind });
      return;
    }
    case "grant": {
      const { kind, ...rest } = draft;
      tables.grants.push({ ...rest, ...base, id: id(kind, draft.ref) });
      return;
    }
    default:
      addRelated(tables, draft, id);
  }
}

function addRelated(tables: Tables, draft: Of<"usage" | "owner" | "human">, id: (kind: string, ref: string) => string): void {
  if (draft.kind === "human") {
    const { kind: _kind, ...human } = draft;
    tables.humans.push(human);
  } else if (draft.kind === "usage") {
    tables.usage.push({
      identityId: id("identity", draft.identityRef),
      service: draft.service,
      lastUsedAt: draft.lastUsedAt,
      observedDays: draft.observedDays,
    });
  } else {
    const { kind: _kind, ref: _ref, identityRef, ...claim } = draft;
    tables.ownerClaims.push({ ...claim, identityId: id("identity", identityRef) });
  }
}

/** The inventory that importing these into an empty workspace gives: the same merge as the real ingest, without a database. */
export function snapshotOfImports(imports: Iterable<ParsedImport>): WorkspaceSnapshot {
  const tables: Tables = { identities: [], credentials: [], resources: [], grants: [], usage: [], ownerClaims: [], humans: [] };
  const sources: SourceInfo[] = [];
  for (const parsed of imports) {
    const source: SourceInfo = {
      id: `${parsed.connector}/${parsed.account}`,
      connector: parsed.connector,
      name: parsed.sourceName,
      account: parsed.account,
      asOf: parsed.asOf,
      lastSuccessAt: parsed.asOf,
      expectedIntervalHours: null,
      status: parsed.reports.every((report) => report.outcome === "complete") ? "ok" : "degraded",
    };
    sources.push(source);
    for (const group of groupsOf(parsed)) {
      const draft = mergeObservations(group);
      if (draft !== null) addEntity(tables, draft, source);
    }
  }
  const known = new Set(tables.identities.map(({ id }) => id));
  const credentials = tables.credentials.filter(({ identityId }) => known.has(identityId));
  return { workspaceId: "in-memory", basis: null, sources, ...tables, credentials, attested: new Map() };
}
