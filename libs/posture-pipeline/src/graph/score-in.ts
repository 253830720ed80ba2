import { accessFacts, blastRadiusOfAll } from "@rollcall/access-graph";
import type { AccessGraph, Change } from "@rollcall/access-graph";
import { humanDirectory } from "@rollcall/lifecycle";
import type { Credential } from "@rollcall/nhi-model";
import { score } from "@rollcall/risk-scoring";
import { assembleRecord } from "../analysis/assemble-record.ts";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import type { Interval } from "../ports/views.ts";

export interface ScoreQuestion {
  readonly identityId: string;
  /** Position of the identity in the graph. */
  readonly node: number;
  readonly changes: readonly Change[];
}

/** The score an identity would have in this graph, after these changes to its own credentials. */
export function scoreIn(graph: AccessGraph, snapshot: WorkspaceSnapshot, { identityId, node, changes }: ScoreQuestion): Interval | null {
  const identity = snapshot.identities.find((each) => each.id === identityId);
  if (identity === undefined) return null;
  const now = snapshot.sources.find((source) => source.id === identity.sourceId)?.asOf ?? identity.firstSeenAt;
  const own = <T extends { readonly identityId: string }>(rows: readonly T[]): readonly T[] =>
    rows.filter((row) => row.identityId === identityId);
  const { record } = assembleRecord({
    identity,
    credentials: own(snapshot.credentials).map((credential) => changed(credential, changes, now)),
    usage: own(snapshot.usage),
    ownerClaims: own(snapshot.ownerClaims),
    humans: humanDirectory(snapshot.humans),
    attested: snapshot.attested.get(identityId),
    derived: accessFacts(graph, node),
  });
  const { min, max } = score({ record, reach: blastRadiusOfAll(graph).at(node), now });
  return { min, max };
}

function changed(credential: Credential, changes: readonly Change[], now: string): Credential {
  const isIt = (key: string): boolean =>
    key === `credential:${credential.ref}` || key === `credential:${credential.ref}@${credential.sourceId}`;
  const fact = (known: string) => ({ known, source: "plan", observedAt: now });
  return changes.reduce<Credential>((known, change) => {
    if (change.kind === "revoke_credential" && isIt(change.credential))
      return { ...known, facts: { ...known.facts, status: fact("revoked") } };
    if (change.kind === "rotate_credential" && isIt(change.credential))
      return { ...known, facts: { ...known.facts, lastRotatedAt: fact(now), "exposure.state": fact("none") } };
    return known;
  }, credential);
}
