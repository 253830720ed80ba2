import type { EdgeEvidence } from "../types.ts";
import type { TrustEntry } from "./trust.ts";
import type { AwsPrincipal } from "./world.ts";

/** A role with one party that its trust policy lets in. */
export interface Trusted {
  readonly role: AwsPrincipal;
  readonly entry: TrustEntry;
}

export const assumeTechnique = "sts-001";

export const trustFact = (role: AwsPrincipal, entry: TrustEntry): EdgeEvidence["facts"][number] => ({
  ref: role.arn,
  detail: `trust policy ${entry.statement.id} lets ${wordsOf(entry)} in`,
});

function wordsOf({ party }: TrustEntry): string {
  switch (party.kind) {
    case "account":
      return `account ${party.account}`;
    case "principal":
      return party.arn;
    case "anyone":
      return "anyone";
    case "service":
      return party.service;
    case "oidc":
      return party.issuer;
    case "saml":
      return party.provider;
    case "unsupported":
      return party.detail;
  }
}
