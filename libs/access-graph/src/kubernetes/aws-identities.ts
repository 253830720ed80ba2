import { isSharedIssuer } from "../aws/federation-edges.ts";
import { trustEntries } from "../aws/trust.ts";
import type { BuildContext } from "../edge-builder.ts";
import { namedRole } from "../federation/federates-to.ts";
import type { Federate } from "../federation/federates-to.ts";
import { acceptedBy, exactly, issuerName, trustNeed } from "../federation/workload-token.ts";
import type { EdgeEvidence } from "../types.ts";
import { openNeed } from "../ways.ts";
import type { ClusterMap } from "./cluster-map.ts";
import type { RoleTrusts } from "./role-trusts.ts";
import { subjectOf } from "./service-account-node.ts";
import type { ServiceAccountNode } from "./service-account-node.ts";

type Facts = EdgeEvidence["facts"];

/** AWS roles of service accounts by the tokens of their cluster (IRSA): the annotation and the role's trust, or the trust alone. */
export class AwsIdentities {
  readonly #context: BuildContext;
  readonly #map: ClusterMap;
  readonly #trusts: RoleTrusts;
  readonly #federate: Federate;
  /** ARNs of roles by issuer and exact subject; made when a cluster with a known issuer asks. */
  #bySubject: ReadonlyMap<string, readonly string[]> | null = null;

  constructor(context: BuildContext, { map, trusts, federate }: { map: ClusterMap; trusts: RoleTrusts; federate: Federate }) {
    this.#context = context;
    this.#map = map;
    this.#trusts = trusts;
    this.#federate = federate;
  }

  addEdges(account: ServiceAccountNode): void {
    const irsa = account.located.entity.attributes["irsaRoleArn"];
    if (typeof irsa === "string" && irsa !== "") this.#addAnnotated(account, irsa);
    for (const arn of this.#rolesNaming(account)) if (arn !== irsa) this.#addTrusted(account, arn);
  }

  #addAnnotated(account: ServiceAccountNode, arn: string): void {
    const { entity, key } = account.located;
    const facts: Facts = [{ ref: entity.ref, detail: `annotated with ${arn}` }];
    const trust = this.#trusts.of(arn);
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
    const entries = trustEntries(trust).filter(
      ({ party }) => party.kind === "oidc" && !isSharedIssuer(party.issuer) && this.#map.maySign(account.cluster, party.issuer),
    );
    const accepted = acceptedBy(entries, { issuer: account.issuer, variants: [claims] });
    // The annotation alone gives nothing: without a matching trust there is no edge.
    if (accepted === null) return;
    const detail = `trust policy ${accepted.statement} accepts ${subject}`;
    const isOpen = account.issuer === null && this.#map.hasOtherUnknownIssuer(account.cluster);
    this.#federate({
      from: key,
      to: this.#roleKey(entity.sourceId, arn),
      facts: [...facts, { ref: arn, detail }],
      conditions: isOpen ? [...accepted.conditions, "the issuer that the role trusts is that of this cluster"] : accepted.conditions,
      way: [...(isOpen ? [openNeed] : []), trustNeed(arn, accepted.statements)],
    });
  }

  /** The annotation only makes it easy: a pod may ask for the token that a role trusts without it. */
  #addTrusted(account: ServiceAccountNode, arn: string): void {
    const { entity, key } = account.located;
    const subject = subjectOf(account);
    const accepted = acceptedBy(trustEntries(this.#trusts.of(arn)!), {
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
    for (const arn of this.#trusts.arns())
      for (const { party } of trustEntries(this.#trusts.of(arn)!))
        for (const subject of party.kind === "oidc" ? (party.subjects ?? []) : []) {
          const key = `${party.kind === "oidc" ? issuerName(party.issuer) : ""}\n${subject}`;
          const known = found.get(key);
          if (known === undefined) found.set(key, [arn]);
          else if (known.at(-1) !== arn) known.push(arn);
        }
    return found;
  }

  #roleKey(sourceId: string, arn: string): string {
    return namedRole(this.#context.inventory, this.#context.draft, { sourceId, arn });
  }
}
