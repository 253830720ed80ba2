import { describeCondition } from "./condition.ts";
import type { CompiledCondition, Condition } from "./condition.ts";
import { accountOfArn } from "./arn.ts";
import { hasWildcard } from "./glob.ts";
import { PerDocument } from "./per-document.ts";
import type { CompiledPolicy, CompiledStatement } from "./policy.ts";
import { sessionOf } from "./session-arn.ts";

/** One party a role's trust policy lets in, read from an allow statement. */
export type TrustedParty =
  | { readonly kind: "account"; readonly account: string }
  /** Of a role, `session` tells that only a session of that name is let in; its ARN is then without the path of the role. */
  | { readonly kind: "principal"; readonly arn: string; readonly account: string; readonly session?: string }
  | { readonly kind: "anyone" }
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "oidc"; readonly issuer: string; readonly subjects: readonly string[] | null; readonly audiencePinned: boolean }
  | { readonly kind: "saml"; readonly provider: string }
  | { readonly kind: "unsupported"; readonly detail: string };

export interface TrustEntry {
  readonly party: TrustedParty;
  readonly statement: CompiledStatement;
  /** Conditions left open, in words. */
  readonly conditions: readonly string[];
  /** The same conditions; what the policy language has no condition for is in words only. */
  readonly open: readonly (Condition | CompiledCondition)[];
  /** Denies of the trust policy that may concern the party. */
  readonly denies: readonly CompiledStatement[];
  readonly externalIdRequired: boolean;
}

const actionOf = { oidc: "sts:assumerolewithwebidentity", saml: "sts:assumerolewithsaml", other: "sts:assumerole" } as const;

/** The action by which the party becomes a role, in lower case. */
export const trustAction = ({ kind }: TrustedParty): string => actionOf[kind === "oidc" || kind === "saml" ? kind : "other"];

/** Who may become the role, by its trust policy alone. A deny that could matter makes an entry conditional; one that always applies removes it. */
export const trustEntries = (trust: CompiledPolicy): readonly TrustEntry[] => remembered.of(trust);

const remembered = new PerDocument<readonly TrustEntry[]>(readEntries);

function readEntries(trust: CompiledPolicy): TrustEntry[] {
  return trust.allows.flatMap((statement) => {
    if (statement.notPrincipals !== null) {
      return [entry(statement, { kind: "unsupported", detail: `${statement.id} allows everyone except a list` }, statement.conditions)];
    }
    return (statement.principals ?? []).flatMap(({ kind, value }) => {
      const flow = kind === "Federated" ? (value.includes(":saml-provider/") ? "saml" : "oidc") : "other";
      if (!trust.matching(actionOf[flow]).allows.includes(statement)) return [];
      const parsed =
        flow === "oidc" ? oidcParty(value, statement) : flow === "saml" ? samlParty(value, statement) : partyOf(kind, value, statement);
      if (parsed === null) return [];
      const { denies } = trust.matching(actionOf[flow]);
      const denied = denyWords(denies, value);
      if (denied === null) return [];
      return [{ ...entry(statement, parsed.party, parsed.open), conditions: [...parsed.open.map(describeCondition), ...denied], denies }];
    });
  });
}

interface Parsed {
  readonly party: TrustedParty;
  readonly open: readonly (Condition | CompiledCondition)[];
}

const entry = (statement: CompiledStatement, party: TrustedParty, open: Parsed["open"]): TrustEntry => ({
  party,
  statement,
  conditions: open.map(describeCondition),
  open,
  denies: [],
  externalIdRequired: statement.conditions.some((condition) => condition.key.toLowerCase() === "sts:externalid"),
});

function partyOf(kind: string, value: string, statement: CompiledStatement): Parsed | null {
  const open = statement.conditions;
  if (kind === "Service") return { party: { kind: "service", service: value }, open };
  if (kind !== "AWS") return null;
  if (value === "*" || value === "arn:aws:iam::*:root") return { party: { kind: "anyone" }, open };
  if (/^\d{12}$/.test(value)) return { party: { kind: "account", account: value }, open };
  const account = accountOfArn(value);
  // A bare unique id (AIDA..., AROA...) is what AWS leaves when the principal was deleted: nobody is trusted by it.
  if (account === null) return null;
  if (value.endsWith(":root")) return { party: { kind: "account", account }, open };
  const session = sessionOf(value);
  if (session === null) return { party: { kind: "principal", arn: value, account }, open };
  return {
    party: { kind: "principal", arn: `arn:${session.partition}:iam::${account}:role/${session.role}`, account, session: session.name },
    open: [...open, { operator: "the session is", key: session.name, values: [] }],
  };
}

function oidcParty(value: string, statement: CompiledStatement): Parsed {
  const issuer = value.includes(":oidc-provider/") ? value.slice(value.indexOf(":oidc-provider/") + ":oidc-provider/".length) : value;
  const [subjectKey, audienceKey] = [`${issuer}:sub`.toLowerCase(), `${issuer}:aud`.toLowerCase()];
  // Every token has one subject and one audience, so qualifiers for several values and for none make no difference.
  const isPin = (condition: Condition): boolean =>
    /^(?:for(?:any|all)values:)?string(?:equals|like|equalsignorecase)(?:ifexists)?$/i.test(condition.operator);
  const pins = statement.conditions.filter((condition) => condition.key.toLowerCase() === subjectKey && isPin(condition));
  const open = statement.conditions.filter((condition) => condition.key.toLowerCase() !== audienceKey && condition !== pins[0]);
  const audiencePinned = statement.conditions.some(
    (condition) => condition.key.toLowerCase() === audienceKey && isPin(condition) && !condition.values.includes("*"),
  );
  return { party: { kind: "oidc", issuer, subjects: pins[0] === undefined ? null : subjectsOf(pins[0]), audiencePinned }, open };
}

/** Without patterns a `*` is that very character, and no issuer gives out such a subject. */
const subjectsOf = ({ operator, values }: Condition): readonly string[] =>
  /like(?:ifexists)?$/i.test(operator) ? values : values.filter((value) => !hasWildcard(value));

const samlParty = (value: string, statement: CompiledStatement): Parsed => ({
  party: { kind: "saml", provider: value },
  open: statement.conditions.filter((condition) => condition.key.toLowerCase() !== "saml:aud"),
});

export const undenied = ({ id }: CompiledStatement): string => `${id} does not deny it`;

/** Null when a deny always applies to this principal; otherwise what must not hold, in words. */
function denyWords(denies: readonly CompiledStatement[], value: string): string[] | null {
  const words: string[] = [];
  for (const deny of denies) {
    const named = deny.principals?.some((principal) => principal.value === "*" || principal.value === value) ?? false;
    const unconditional = deny.conditions.length === 0;
    if (named && unconditional && deny.notPrincipals === null) return null;
    words.push(undenied(deny));
  }
  return words;
}
