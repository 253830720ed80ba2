import { CompiledDocuments } from "../aws/compiled-documents.ts";
import { trustEntries } from "../aws/trust.ts";
import type { TrustEntry } from "../aws/trust.ts";
import type { GraphDraft } from "../draft.ts";
import type { Inventory, Located } from "../inventory.ts";
import { isRecord } from "../is-record.ts";
import { openNeed } from "../ways.ts";
import { BySubject, startsOfEntry } from "./by-subject.ts";
import { addFederatesTo, namedRole } from "./federates-to.ts";
import { statedTokens } from "./stated-tokens.ts";
import { acceptedBy, canBe, sameIssuer, trustNeed } from "./workload-token.ts";
import type { WorkloadToken } from "./workload-token.ts";

interface Target {
  readonly key: string;
  readonly ref: string;
  readonly entries: readonly TrustEntry[];
}

/** FEDERATES_TO from what can get a signed token to whoever trusts it: roles of AWS by their trust policy, applications by a federated credential. */
export function workloadFederationEdges(inventory: Inventory, draft: GraphDraft): void {
  const holders = inventory.all.flatMap((located) => {
    if (located.kind === "credential") return [];
    const { attributes } = located.entity;
    const named: readonly unknown[] = Array.isArray(attributes["assumesRoles"]) ? attributes["assumesRoles"] : [];
    const tokens = statedTokens(attributes);
    return tokens.length + named.length === 0 ? [] : [{ located, tokens, named }];
  });
  if (holders.length === 0) return;
  const roles = new FederatedRoles(inventory);
  const applications = trustingApplications(inventory);
  for (const { located, tokens, named } of holders) {
    for (const token of tokens) {
      for (const role of roles.trusting(token)) addRole(draft, located, { token, role });
      for (const application of applications.mayTrust(token)) addApplication(draft, located, { token, application });
    }
    for (const arn of named) if (typeof arn === "string" && arn !== "") addNamed({ inventory, draft, roles }, located, arn);
  }
}

/** Roles that let in some identity provider, by its name. Their documents are read once. */
class FederatedRoles {
  readonly known = new Set<string>();
  readonly #bySubject = new BySubject<Target>();

  constructor(inventory: Inventory) {
    const documents = CompiledDocuments.of(inventory);
    for (const grant of inventory.grants) {
      const document = grant.dialect === "aws_iam" && grant.grantKind === "trust" ? grant.attributes["document"] : undefined;
      const role = document === undefined || document === null ? undefined : inventory.resolve(grant.sourceId, grant.from);
      if (role === undefined || this.known.has(role.key)) continue;
      this.known.add(role.key);
      const entries = trustEntries(documents.compiled(document));
      const target = { key: role.key, ref: role.entity.ref, entries };
      for (const [issuer, own] of Map.groupBy(entries, ({ party }) => (party.kind === "oidc" ? party.issuer : null)))
        if (issuer !== null) this.#bySubject.add(issuer, own.flatMap(startsOfEntry), target);
    }
  }

  trusting(token: WorkloadToken): readonly Target[] {
    return this.#bySubject.mayTrust(token);
  }
}

type Application = Extract<Located, { kind: "identity" }>;

function trustingApplications(inventory: Inventory): BySubject<Application> {
  const applications = new BySubject<Application>();
  for (const located of inventory.all) {
    if (located.kind !== "identity") continue;
    const subjects = new Map<string, string[]>();
    for (const { issuer, subject } of federatedCredentials(located))
      subjects.set(issuer, [...(subjects.get(issuer) ?? []), subject.toLowerCase()]);
    for (const [issuer, starts] of subjects) applications.add(issuer, starts, located);
  }
  return applications;
}

/** Those that say whom they trust. */
function federatedCredentials({ entity }: Application): readonly { readonly issuer: string; readonly subject: string }[] {
  const listed = entity.attributes["federatedCredentials"];
  return (Array.isArray(listed) ? listed.filter(isRecord) : []).flatMap(({ issuer, subject }) =>
    typeof issuer === "string" && typeof subject === "string" ? [{ issuer, subject }] : [],
  );
}

function addRole(draft: GraphDraft, from: Located, { token, role }: { token: WorkloadToken; role: Target }): void {
  const accepted = acceptedBy(role.entries, token);
  if (accepted === null) return;
  const subject = accepted.claims.get("sub")?.pattern ?? "its subject";
  addFederatesTo(draft, {
    from: from.key,
    to: role.key,
    facts: [
      { ref: from.entity.ref, detail: `gets tokens of ${token.issuer ?? "an issuer"} for ${subject}` },
      { ref: role.ref, detail: `trust policy ${accepted.statement} accepts them` },
    ],
    conditions: accepted.conditions,
    way: [trustNeed(role.ref, accepted.statements)],
  });
}

function addApplication(
  draft: GraphDraft,
  from: Located,
  { token, application }: { token: WorkloadToken; application: Application },
): void {
  for (const { issuer, subject } of federatedCredentials(application)) {
    if (token.issuer === null || !sameIssuer(issuer, token.issuer)) continue;
    const fitting = token.variants.flatMap((variant) => variant.get("sub") ?? []).filter((claim) => canBe(claim, subject));
    if (fitting.length === 0) continue;
    const conditions = fitting.some(({ chosen }) => chosen) ? [] : [`its subject is ${subject}`];
    addFederatesTo(draft, {
      from: from.key,
      to: application.key,
      facts: [
        { ref: from.entity.ref, detail: `gets tokens of ${token.issuer} for ${subject}` },
        { ref: application.entity.ref, detail: "a federated credential accepts them" },
      ],
      conditions,
      way: conditions.length > 0 ? [openNeed] : [],
    });
  }
}

/** A role that a workload names but whose trust no source shows: the name alone does not let it in. */
function addNamed(
  { inventory, draft, roles }: { inventory: Inventory; draft: GraphDraft; roles: FederatedRoles },
  from: Located,
  arn: string,
): void {
  const role = inventory.resolve(from.entity.sourceId, arn);
  if (role !== undefined && roles.known.has(role.key)) return;
  addFederatesTo(draft, {
    from: from.key,
    to: namedRole(inventory, draft, { sourceId: from.entity.sourceId, arn }),
    facts: [{ ref: from.entity.ref, detail: `asks for ${arn}` }],
    conditions: ["the role's trust policy accepts it"],
    way: [openNeed],
  });
}
