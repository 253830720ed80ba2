import type { CredentialKind, IdentityKind, ResourceKind, ScopeKey, StatedFacts } from "@rollcall/nhi-model";
import type { ScopedObservation } from "@rollcall/posture-pipeline";

/** Short forms of the observations, so that a generator reads like the story it tells. */
export interface IdentityStatement {
  readonly ref: string;
  readonly nativeId?: string;
  readonly identityKind: IdentityKind;
  readonly name: string;
  readonly provider: string;
  readonly account: string;
  readonly facts: StatedFacts;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface CredentialStatement {
  readonly ref: string;
  readonly identityRef: string;
  readonly credentialKind: CredentialKind;
  readonly name?: string;
  readonly fingerprint?: string;
  readonly facts: StatedFacts;
}

export interface ResourceStatement {
  readonly ref: string;
  readonly resourceKind: ResourceKind;
  readonly name: string;
  readonly provider: string;
  readonly account?: string;
  readonly environment?: string;
  readonly weight?: number;
  readonly reason?: string;
  readonly tierZero?: boolean;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface GrantStatement {
  readonly dialect: string;
  readonly grantKind: string;
  readonly from: string;
  readonly to: string;
  readonly level?: "read" | "write" | "admin";
  readonly conditional?: boolean;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Tells several grants of one kind between the same two apart. */
  readonly mark?: string;
}

const plain = (record: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> => ({ ...record });

export const identityIn = (scope: ScopeKey, s: IdentityStatement): ScopedObservation => ({
  scope,
  observation: {
    kind: "identity",
    ref: s.ref,
    ...(s.nativeId === undefined ? {} : { nativeId: s.nativeId }),
    identityKind: s.identityKind,
    name: s.name,
    provider: s.provider,
    account: s.account,
    facts: plain(s.facts) as never,
    attributes: plain(s.attributes),
  },
});

export const credentialIn = (scope: ScopeKey, s: CredentialStatement): ScopedObservation => ({
  scope,
  observation: {
    kind: "credential",
    ref: s.ref,
    identityRef: s.identityRef,
    credentialKind: s.credentialKind,
    ...(s.name === undefined ? {} : { name: s.name }),
    ...(s.fingerprint === undefined ? {} : { fingerprint: s.fingerprint }),
    facts: plain(s.facts) as never,
  },
});

export const resourceIn = (scope: ScopeKey, s: ResourceStatement): ScopedObservation => ({
  scope,
  observation: {
    kind: "resource",
    ref: s.ref,
    resourceKind: s.resourceKind,
    name: s.name,
    provider: s.provider,
    ...(s.account === undefined ? {} : { account: s.account }),
    ...(s.weight === undefined
      ? {}
      : { sensitivity: { weight: s.weight, reason: s.reason ?? "classified by tag", tierZero: s.tierZero ?? false } }),
    ...(s.environment === undefined ? {} : { environment: s.environment }),
    attributes: plain(s.attributes),
  },
});

export const grantIn = (scope: ScopeKey, s: GrantStatement): ScopedObservation => ({
  scope,
  observation: {
    kind: "grant",
    ref: `${s.from}|${s.grantKind}|${s.to}${s.mark === undefined ? "" : `|${s.mark}`}`,
    dialect: s.dialect,
    grantKind: s.grantKind,
    from: s.from,
    to: s.to,
    ...(s.level === undefined ? {} : { level: s.level }),
    ...(s.conditional === undefined ? {} : { conditional: s.conditional }),
    attributes: plain(s.attributes),
  },
});
