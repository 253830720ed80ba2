import { controlledByAny } from "@rollcall/access-graph";
import type { AccessGraph, Entry } from "@rollcall/access-graph";
import type { Credential, FactMap } from "@rollcall/nhi-model";
import { isKnown } from "@rollcall/nhi-model";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";

/** A way in that is easier than others counts three times (graph.md E5). */
const easyPoints = 3;
const unrotatedDays = 365;
const dayMillis = 86_400_000;

/**
 * Where an attack may start: every identity once; those that outsiders reach, whose credential leaked or was not rotated for a year, and
 * those nobody answers for, three times.
 */
export function entriesOf(graph: AccessGraph, snapshot: WorkspaceSnapshot, asOf: string): readonly Entry[] {
  const easy = new Set([...fromOutside(graph), ...weaklyHeld(snapshot, asOf)]);
  return graph.nodes.flatMap((node, number) =>
    node.kind !== "identity" ? [] : [{ node: node.key, points: easy.has(number) || easy.has(node.entityId ?? "") ? easyPoints : 1 }],
  );
}

function fromOutside(graph: AccessGraph): readonly number[] {
  return controlledByAny(
    graph,
    graph.nodes.flatMap((node, number) => (node.kind === "external" ? [number] : [])),
  );
}

function weaklyHeld(snapshot: WorkspaceSnapshot, asOf: string): readonly string[] {
  const owned = new Set(snapshot.ownerClaims.filter((claim) => claim.ownerKind !== "none").map((claim) => claim.identityId));
  const stated = (facts: FactMap | undefined): boolean =>
    facts !== undefined &&
    ["owner.personId", "owner.email", "owner.label"].some((path) => facts[path] !== undefined && isKnown(facts[path]));
  const orphaned = snapshot.identities.filter(
    (identity) => !owned.has(identity.id) && !stated(identity.facts) && !stated(snapshot.attested.get(identity.id)),
  );
  const exposed = snapshot.credentials.filter((credential) => leaked(credential) || unrotated(credential, Date.parse(asOf)));
  return [...orphaned.map((identity) => identity.id), ...exposed.map((credential) => credential.identityId)];
}

const factOf = (credential: Credential, path: string): unknown => {
  const fact = credential.facts[path];
  return fact !== undefined && isKnown(fact) ? fact.known : undefined;
};

const leaked = (credential: Credential): boolean =>
  ["suspected", "confirmed"].includes(String(factOf(credential, "exposure.state"))) && factOf(credential, "status") !== "revoked";

function unrotated(credential: Credential, nowMillis: number): boolean {
  if (factOf(credential, "static") === false || factOf(credential, "status") !== "active") return false;
  const changed = factOf(credential, "lastRotatedAt") ?? factOf(credential, "createdAt");
  return typeof changed === "string" && nowMillis - Date.parse(changed) > unrotatedDays * dayMillis;
}
