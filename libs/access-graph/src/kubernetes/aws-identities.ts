import type { Grant } from "@rollcall/nhi-model";
import { CompiledDocuments } from "../aws/compiled-documents.ts";
import { allTrue, describeCondition } from "../aws/condition.ts";
import { isSharedIssuer } from "../aws/federation-edges.ts";
import type { CompiledPolicy } from "../aws/policy.ts";
import { trustEntries } from "../aws/trust.ts";
import type { BuildContext } from "../edge-builder.ts";
import { namedRole } from "../federation/federates-to.ts";
import type { Federate } from "../federation/federates-to.ts";
import { acceptedBy, exactly, factsOf, issuerName, trustNeed } from "../federation/workload-token.ts";
import type { Located } from "../inventory.ts";
import type { EdgeEvidence, Way } from "../types.ts";
import { grantGround, openNeed } from "../ways.ts";
import { parseRbacRef } from "./rbac-ref.ts";
import { subjectOf } from "./service-account-node.ts";
import type { ServiceAccountNode } from "./service-account-node.ts";
import { missingEnd } from "../gap-words.ts";

type Facts = EdgeEvidence["facts"];
const podService = "pods.eks.amazonaws.com";

/** AWS roles of service accounts: by the annotation and the role's trust (IRSA), or by an association of the cluster (Pod Identity). */
export class AwsIdentities {
  readonly #context: BuildContext;
  readonly #federate: Federate;
  /** Trust policies of roles, by ARN: read when a service account names the role. */
  readonly #trusts: ReadonlyMap<string, unknown>;
  /** ARNs of roles by issuer and exact subject; made when a cluster with a known issuer asks. */
  #bySubject: ReadonlyMap<string, readonly string[]> | null = null;

  constructor(context: BuildContext, federate: Federate) {
    this.#context = context;
    this.#federate = federate;
    this.#trusts = new Map(
      context.inventory.grants.flatMap((grant) => {
        const document = grant.dialect === "aws_iam" && grant.grantKind === "trust" ? grant.attributes["document"] : undefined;
        return document === undefined || document === null ? [] : [[grant.from, document] as const];
      }),
    );
  }

  addEdges(account: ServiceAccountNode): void {
    const { attributes, ref } = account.located.entity;
    const irsa = attributes["irsaRoleArn"];
    if (typeof irsa === "string" && irsa !== "") this.#addAnnotated(account, irsa);
    for (const arn of this.#rolesNaming(account)) if (arn !== irsa) this.#addTrusted(account, arn);
    const associated = attributes["podIdentityRoleArn"];
    if (typeof associated === "string" && associated !== "")
      this.#addAssociated({ from: account.located, arn: associated, grant: null }, { ref, detail: `associated with ${associated}` });
  }

  addAssociation(grant: Grant): void {
    const from = this.#context.inventory.resolve(grant.sourceId, grant.from);
    if (from === undefined) {
      this.#context.draft.addGap({
        ref: grant.from,
        what: "unresolved_reference",
        detail: missingEnd(grant, grant.from),
      });
      return;
    }
    this.#addAssociated({ from, arn: grant.to, grant }, { ref: grant.ref, detail: `associated with ${grant.to}` });
  }

  #addAnnotated(account: ServiceAccountNode, arn: string): void {
    const { entity, key } = account.located;
    const facts: Facts = [{ ref: entity.ref, detail: `annotated with ${arn}` }];
    const trust = this.#trustOf(arn);
    if (trust === undefined) {
      this.#federate({
        from: key,
        to: this.#roleKey(entity.sourceId, arn),
        facts,
        conditions: ["the role's trust policy accepts this service account"],
        way: [openNeed],
      });
      return;
    }
    const audience = entity.attributes["irsaAudience"];
    const subject = subjectOf(account);
    const claims = new Map([
      ["sub", exactly(subject)],
      ["aud", exactly(typeof audience === "string" && audience !== "" ? audience : "sts.amazonaws.com")],
    ]);
    const entries = trustEntries(trust).filter(({ party }) => party.kind === "oidc" && !isSharedIssuer(party.issuer));
    const accepted = acceptedBy(entries, { issuer: account.issuer, variants: [claims] });
    // The annotation alone gives nothing: without a matching trust there is no edge.
    if (accepted === null) return;
    const detail = `trust policy ${accepted.statement} accepts ${subject}`;
    this.#federate({
      from: key,
      to: this.#roleKey(entity.sourceId, arn),
      facts: [...facts, { ref: arn, detail }],
      conditions: accepted.conditions,
      way: [trustNeed(arn, accepted.statements)],
    });
  }

  /** The annotation only makes it easy: a pod may ask for the token that a role trusts without it. */
  #addTrusted(account: ServiceAccountNode, arn: string): void {
    const { entity, key } = account.located;
    const subject = subjectOf(account);
    const accepted = acceptedBy(trustEntries(this.#trustOf(arn)!), {
      issuer: account.issuer,
      variants: [
        new Map([
          ["sub", exactly(subject)],
          ["aud", { pattern: "*", chosen: true }],
        ]),
      ],
    });
    if (accepted === null) return;
    this.#federate({
      from: key,
      to: this.#roleKey(entity.sourceId, arn),
      facts: [{ ref: arn, detail: `trust policy ${accepted.statement} accepts ${subject}` }],
      conditions: [...accepted.conditions, "one of its pods asks for a token for AWS"],
      way: [openNeed, trustNeed(arn, accepted.statements)],
    });
  }

  /** Roles that trust the cluster's tokens for this very account: patterns are for annotations to narrow. */
  #rolesNaming(account: ServiceAccountNode): readonly string[] {
    if (account.issuer === null) return [];
    this.#bySubject ??= this.#indexSubjects();
    return this.#bySubject.get(`${issuerName(account.issuer)}\n${subjectOf(account)}`) ?? [];
  }

  #indexSubjects(): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    for (const arn of this.#trusts.keys())
      for (const { party } of trustEntries(this.#trustOf(arn)!))
        for (const subject of party.kind === "oidc" ? (party.subjects ?? []) : []) {
          const key = `${party.kind === "oidc" ? issuerName(party.issuer) : ""}\n${subject}`;
          const known = found.get(key);
          if (known === undefined) found.set(key, [arn]);
          else if (!known.includes(arn)) known.push(arn);
        }
    return found;
  }

  /** Pod Identity hands out the role itself; the role has to trust the service, possibly only for this namespace or account. */
  #addAssociated({ from, arn, grant }: { from: Located; arn: string; grant: Grant | null }, fact: Facts[number]): void {
    const association: Way = grant === null ? [] : [[[grantGround(grant)]]];
    const sourceId = grant?.sourceId ?? from.entity.sourceId;
    const trust = this.#trustOf(arn);
    if (trust === undefined) {
      this.#federate({
        from: from.key,
        to: this.#roleKey(sourceId, arn),
        facts: [fact],
        conditions: [`the role's trust policy accepts ${podService}`],
        way: [...association, openNeed],
      });
      return;
    }
    const at = parseRbacRef(from.entity.ref);
    const context = new Map<string, readonly string[]>();
    if (at !== null && at.namespace !== null) {
      context.set("aws:requesttag/kubernetes-namespace", [at.namespace]);
      context.set("aws:requesttag/kubernetes-service-account", [at.name]);
      context.set("aws:requesttag/eks-cluster-name", [at.cluster.slice(at.cluster.lastIndexOf("/") + 1)]);
    }
    const facts = factsOf(context);
    const open = trustEntries(trust).flatMap(({ party, statement }) => {
      if (party.kind !== "service" || party.service !== podService || allTrue(statement.conditions, facts, "Allow") === "no") return [];
      const words = statement.conditions.filter((condition) => allTrue([condition], facts, "Allow") === "maybe").map(describeCondition);
      return [{ id: statement.id, words }];
    });
    const best = open.toSorted((a, b) => a.words.length - b.words.length)[0];
    if (best === undefined) return;
    const detail = `trust policy ${best.id} accepts ${podService}`;
    const statements = open.map(({ id, words }) => ({ id, certain: words.length === 0 }));
    this.#federate({
      from: from.key,
      to: this.#roleKey(sourceId, arn),
      facts: [fact, { ref: arn, detail }],
      conditions: best.words,
      way: [...association, trustNeed(arn, statements)],
    });
  }

  #trustOf(arn: string): CompiledPolicy | undefined {
    const document = this.#trusts.get(arn);
    return document === undefined ? undefined : CompiledDocuments.of(this.#context.inventory).compiled(document);
  }

  #roleKey(sourceId: string, arn: string): string {
    return namedRole(this.#context.inventory, this.#context.draft, { sourceId, arn });
  }
}
