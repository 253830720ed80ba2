import type { Credential, Grant, Identity, Resource } from "@rollcall/nhi-model";
import type { GraphInput } from "../types.ts";

export const testSource = "src-1";
const observedAt = "2026-01-01T00:00:00Z";

export const anIdentity = (ref: string, rest: Partial<Identity> = {}): Identity => ({
  id: `id-${ref}`,
  sourceId: testSource,
  ref,
  nativeId: ref,
  kind: "service_account",
  name: ref.slice(ref.lastIndexOf("/") + 1),
  provider: "test",
  account: null,
  facts: {},
  attributes: {},
  firstSeenAt: observedAt,
  missingSince: null,
  goneAt: null,
  ...rest,
});

export const aCredential = (
  ref: string,
  identityRef: string,
  rest: Partial<Credential> & { readonly status?: string } = {},
): Credential => {
  const { status, ...others } = rest;
  return {
    id: `cred-${ref}`,
    sourceId: testSource,
    identityId: `id-${identityRef}`,
    ref,
    kind: "access_key",
    name: ref,
    fingerprint: null,
    facts: status === undefined ? {} : { status: { known: status, source: testSource, observedAt } },
    ...others,
  };
};

export const aResource = (ref: string, rest: Partial<Resource> = {}): Resource => ({
  id: `res-${ref}`,
  sourceId: testSource,
  ref,
  kind: "other",
  name: ref.slice(ref.lastIndexOf("/") + 1),
  provider: "test",
  account: null,
  environment: null,
  sensitivity: 0,
  sensitivityReason: null,
  tierZero: false,
  attributes: {},
  ...rest,
});

export const aGrant = (grantKind: string, from: string, to: string, rest: Partial<Grant> = {}): Grant => ({
  id: `grant-${grantKind}-${from}-${to}-${rest.ref ?? ""}`,
  sourceId: testSource,
  ref: `${grantKind}:${from}>${to}`,
  dialect: "direct",
  grantKind,
  from,
  to,
  level: null,
  conditional: null,
  attributes: {},
  ...rest,
});

export const anInput = (parts: Partial<GraphInput>): GraphInput => ({
  identities: [],
  credentials: [],
  resources: [],
  grants: [],
  asOf: "2026-06-01T00:00:00Z",
  ...parts,
});
