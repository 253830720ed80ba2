import { asObject, asString, objectsIn, stringsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { accountOfArn } from "./arn.ts";

export interface TrustEntry {
  readonly kind: "oidc" | "saml" | "cross_account";
  readonly issuer?: string;
  readonly account?: string;
  readonly issuerShared?: boolean;
  readonly subjectMatch?: "exact" | "wildcard" | "none";
  readonly audiencePinned?: boolean;
  readonly external?: boolean;
  readonly externalIdRequired?: boolean;
}

export interface TrustReading {
  readonly entries: readonly TrustEntry[];
  /** AWS services that may take the role, e.g. `ec2.amazonaws.com`. */
  readonly services: readonly string[];
  readonly trustsOwnAccount: boolean;
}

/** Issuers that serve everybody: without a pinned subject any of their customers is let in. */
const sharedIssuers =
  /^(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|accounts\.google\.com|cognito-identity\.amazonaws\.com|graph\.facebook\.com|www\.amazon\.com|oidc\.vercel\.com|auth\.docker\.com|app\.harness\.io)(?:$|\/)/;
/** Issuers that serve one tenant by construction. */
const tenantIssuers = /^(?:oidc\.eks\.[a-z0-9-]+\.amazonaws\.com\/id\/|oidc\.circleci\.com\/org\/|api\.bitbucket\.org\/2\.0\/workspaces\/)/;
const ciIssuers =
  /^(?:token\.actions\.githubusercontent\.com|gitlab\.|app\.terraform\.io|agent\.buildkite\.com|oidc\.circleci\.com|api\.bitbucket\.org|vstoken\.dev\.azure\.com|app\.harness\.io)/;

/** With or without the scheme. */
export const isSharedIssuer = (issuer: string): boolean => sharedIssuers.test(issuer.replace(/^https:\/\//, ""));
export const isCiIssuer = (issuer: string): boolean => ciIssuers.test(issuer);

/** What a trust policy lets in, one entry per allowed federation or foreign account. Unclear points are left out, never guessed. */
export function readTrust(document: Json, ownAccount: string, knownAccounts: ReadonlySet<string>): TrustReading {
  const entries: TrustEntry[] = [];
  const services = new Set<string>();
  let trustsOwnAccount = false;
  const statement = document["Statement"];
  for (const allow of objectsIn(Array.isArray(statement) ? statement : [statement])) {
    if (asString(allow["Effect"]) !== "Allow") continue;
    const conditions = readConditions(allow["Condition"]);
    const principal = allow["Principal"] === "*" ? { AWS: "*" } : asObject(allow["Principal"]);
    for (const service of stringsIn(principal?.["Service"])) services.add(service);
    for (const provider of stringsIn(principal?.["Federated"])) entries.push(federation(provider, conditions));
    for (const trusted of stringsIn(principal?.["AWS"])) {
      const account = trusted === "*" ? "*" : /^\d{12}$/.test(trusted) ? trusted : accountOfArn(trusted);
      if (account === ownAccount) trustsOwnAccount = true;
      else if (account !== null) entries.push(crossAccount(account, conditions, knownAccounts));
    }
  }
  return { entries, services: [...services].sort(), trustsOwnAccount };
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

function readConditions(raw: unknown): readonly Condition[] {
  return Object.entries(asObject(raw) ?? {}).flatMap(([operator, keys]) =>
    Object.entries(asObject(keys) ?? {}).map(([key, values]) => ({
      operator: operator.toLowerCase().replace(/^for(?:any|all)values?:/, ""),
      key: key.toLowerCase(),
      values: stringsIn(values),
    })),
  );
}

/** Operators that narrow to named values. `...IfExists` lets a request without the key through, so it pins nothing. */
const pins = ({ operator }: Condition): boolean => /^(?:stringequals|stringequalsignorecase|stringlike|arnequals|arnlike)$/.test(operator);

function federation(provider: string, conditions: readonly Condition[]): TrustEntry {
  const saml = /:saml-provider\//.test(provider);
  const issuer = provider.replace(/^.*:(?:oidc-provider|saml-provider)\//, "").toLowerCase();
  const prefix = saml ? "saml:" : `${issuer}:`;
  const pinned = (claim: string): readonly Condition[] =>
    conditions.filter((condition) => pins(condition) && condition.key === prefix + claim);
  const subjects = saml ? [...pinned("sub"), ...pinned("namequalifier")] : pinned("sub");
  const shared = sharedIssuers.test(issuer) ? true : tenantIssuers.test(issuer) || saml ? false : undefined;
  return {
    kind: saml ? "saml" : "oidc",
    issuer,
    ...(shared === undefined ? {} : { issuerShared: shared }),
    subjectMatch: subjectMatch(subjects),
    audiencePinned: pinned("aud").some(({ values }) => values.length > 0 && !values.includes("*")),
  };
}

function subjectMatch(subjects: readonly Condition[]): "exact" | "wildcard" | "none" {
  const effective = subjects.filter(({ values }) => values.length > 0 && !values.some((value) => /^\*+$/.test(value)));
  if (effective.length === 0) return "none";
  // Conditions are joined by AND: one exact pin is enough.
  const exact = effective.some(({ operator, values }) => !operator.endsWith("like") || values.every((value) => !/[*?]/.test(value)));
  return exact ? "exact" : "wildcard";
}

function crossAccount(account: string, conditions: readonly Condition[], knownAccounts: ReadonlySet<string>): TrustEntry {
  const named = (key: string): boolean =>
    conditions.some(
      (condition) => pins(condition) && condition.key === key && condition.values.some((value) => value !== "" && !/^\*+$/.test(value)),
    );
  const insideOrganisation = named("aws:principalorgid") || named("aws:principalorgpaths");
  return {
    kind: "cross_account",
    account,
    external: !insideOrganisation && !knownAccounts.has(account),
    externalIdRequired: named("sts:externalid"),
  };
}
