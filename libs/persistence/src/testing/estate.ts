import type {
  CredentialObservation,
  GrantObservation,
  IdentityObservation,
  Observation,
  ScopeReport,
  UsageObservation,
} from "@rollcall/nhi-model";
import type { NewSync, ScopedObservation } from "@rollcall/posture-pipeline";

/** Builders of what a connector would hand over: every field that a test does not care about is filled in. */
export const identityOf = (name: string, more: Partial<IdentityObservation> = {}): IdentityObservation => ({
  kind: "identity",
  ref: `ref/${name}`,
  nativeId: `native-${name}`,
  identityKind: "service_account",
  name,
  provider: "aws",
  account: "111122223333",
  facts: {},
  attributes: {},
  ...more,
});
export const credentialOf = (identityName: string, name: string, more: Partial<CredentialObservation> = {}): CredentialObservation => ({
  kind: "credential",
  ref: `ref/${identityName}/${name}`,
  identityRef: `ref/${identityName}`,
  credentialKind: "access_key",
  name,
  facts: {},
  ...more,
});
export const usageOf = (identityName: string, more: Partial<UsageObservation> = {}): UsageObservation => ({
  kind: "usage",
  ref: `ref/${identityName}/usage`,
  identityRef: `ref/${identityName}`,
  service: "s3",
  attributes: {},
  ...more,
});
export const grantOf = (from: string, to: string, more: Partial<GrantObservation> = {}): GrantObservation => ({
  kind: "grant",
  ref: `ref/${from}->${to}`,
  dialect: "direct",
  grantKind: "HAS_ROLE",
  from: `ref/${from}`,
  to: `ref/${to}`,
  attributes: {},
  ...more,
});

export interface Listing {
  readonly asOf: string;
  readonly outcome?: ScopeReport["outcome"];
  readonly dataset?: string;
  readonly account?: string;
  readonly observations: readonly Observation[];
}

/** One sync that lists one scope. */
export function listingOf(
  ingestionId: string,
  listing: Listing,
): { readonly sync: NewSync; readonly observations: readonly ScopedObservation[] } {
  const account = listing.account ?? "111122223333";
  const scope = { connector: "aws", dataset: listing.dataset ?? "authorization_details", account, region: "global" };
  return {
    sync: {
      connector: "aws",
      account,
      sourceName: `AWS ${account}`,
      origin: "import",
      asOf: listing.asOf,
      asOfBasis: "given",
      ingestionId,
      reports: [{ scope, outcome: listing.outcome ?? "complete", observedAt: listing.asOf }],
      totals: {},
      notes: [],
      rejected: [],
    },
    observations: listing.observations.map((observation) => ({ scope, observation })),
  };
}
