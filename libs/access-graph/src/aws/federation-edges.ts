import type { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import { openToStrangers } from "../federation/open-to-strangers.ts";
import type { TrustTrait } from "../types.ts";
import { restsOn, statementGround } from "../ways.ts";
import { hasWildcard } from "./glob.ts";
import { derivedNode } from "../derived-node.ts";
import { entriesOf } from "./role-entries.ts";
import type { TrustEntry, TrustedParty } from "./trust.ts";
import { accountsMeant } from "./trust-opening.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** Issuers that sign for every customer of a service: without a pinned subject, a stranger's token is as good as ours. */
const sharedIssuers = [
  "token.actions.githubusercontent.com",
  "gitlab.com",
  "app.terraform.io",
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "api.bitbucket.org",
  "oidc.circleci.com",
  "agent.buildkite.com",
  "oidc.vercel.com",
  "graph.facebook.com",
  "www.amazon.com",
  "sts.windows.net",
];
export const isSharedIssuer = (issuer: string): boolean =>
  sharedIssuers.some((shared) => issuer === shared || issuer.startsWith(`${shared}/`));

/** FEDERATES_TO from the subjects an identity provider vouches for, and the trust traits of every role. */
export function federationEdges(draft: GraphDraft, world: AwsWorld): void {
  for (const role of world.principals) {
    if (role.trust === null) continue;
    const entries = entriesOf(world, role);
    for (const entry of entries) addFederated(draft, role, entry);
    draft.setTraits(role.key, { trust: entries.flatMap((entry) => traitOf(entry, role, world)) });
  }
}

function addFederated(draft: GraphDraft, role: AwsPrincipal, entry: TrustEntry): void {
  const facts = [{ ref: role.arn, detail: `trust policy ${entry.statement.id} accepts tokens of ${providerOf(entry.party)}` }];
  for (const { key, label, conditions } of outsiders(entry)) {
    draft.addNode({ ...derivedNode(key, label, {}), kind: "external", subkind: "external", provider: "external" });
    draft.addEdge({
      from: key,
      to: role.key,
      kind: "FEDERATES_TO",
      conditional: conditions.length > 0,
      level: null,
      why: resting(evidence(facts, null, conditions), restsOn(statementGround(role.arn, entry.statement.id), conditions.length > 0)),
    });
  }
}

const providerOf = (party: TrustedParty): string => (party.kind === "oidc" ? party.issuer : party.kind === "saml" ? party.provider : "");

/** The node of whoever a provider signs in. */
export const samlKey = (provider: string): string => `external:saml:${provider}`;

interface Outsider {
  readonly subject: string;
  readonly key: string;
  readonly label: string;
  readonly conditions: readonly string[];
}

function outsiders(entry: TrustEntry): readonly Outsider[] {
  const { party, conditions } = entry;
  if (party.kind === "saml") {
    const label = `anyone signed in by ${party.provider.slice(party.provider.lastIndexOf("/") + 1)}`;
    return [{ subject: "*", key: samlKey(party.provider), label, conditions }];
  }
  if (party.kind !== "oidc") return [];
  const { issuer } = party;
  return (party.subjects ?? ["*"])
    .flatMap((subject) => openToStrangers(entry, issuer, subject))
    .map(({ subject, conditions: open }) => ({
      subject,
      key: `external:oidc:${issuer}:${subject}`,
      label: outsiderLabel(subject, issuer),
      conditions: open,
    }));
}

function outsiderLabel(subject: string, issuer: string): string {
  if (issuer === "token.actions.githubusercontent.com" && isEveryRepository(subject)) return "any GitHub repository";
  if (subject === "*") return `anyone at ${issuer}`;
  return hasWildcard(subject) ? `anyone matching ${subject} at ${issuer}` : `${subject} at ${issuer}`;
}

/** Patterns that leave the owner open: `*`, `repo:*`, and those that name only what runs. */
const isEveryRepository = (subject: string): boolean => /^(?:[*?]|repo:[*?])/.test(subject) || subject === "repo*";

function traitOf(entry: TrustEntry, role: AwsPrincipal, world: AwsWorld): TrustTrait[] {
  const { party, externalIdRequired } = entry;
  if (party.kind === "oidc") {
    const subjects = outsiders(entry).map(({ subject }) => subject);
    const subjectMatch = subjects.includes("*") ? "none" : subjects.some(hasWildcard) ? "wildcard" : "exact";
    return [
      { kind: "oidc", party: party.issuer, issuerShared: isSharedIssuer(party.issuer), subjectMatch, audiencePinned: party.audiencePinned },
    ];
  }
  if (party.kind === "saml") return [{ kind: "saml", party: party.provider, issuerShared: false }];
  const accounts =
    party.kind === "anyone" ? accountsMeant(entry) : party.kind === "account" || party.kind === "principal" ? [party.account] : [];
  if (accounts === null) return [{ kind: "cross_account", party: "*", external: true, externalIdRequired }];
  return accounts
    .filter((account) => account !== role.account)
    .map((account) => ({ kind: "cross_account", party: account, external: !world.accounts.includes(account), externalIdRequired }));
}
