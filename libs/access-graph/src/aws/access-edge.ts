import type { AccessLevel } from "@rollcall/nhi-model";
import type { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import type { EdgeKind, Way } from "../types.ts";
import { allWays, simplest, waysImply } from "../ways.ts";
import type { Selected } from "./target-class.ts";

/** A resource of a service in an account: from the inventory, or named by a policy. */
export interface ServiceResource {
  readonly arn: string;
  readonly key: string;
  readonly isSecret: boolean;
  /** What its being known rests on. */
  readonly ways: readonly Way[];
}

export interface AccessEdge {
  readonly to: string;
  readonly kind: EdgeKind;
  readonly level: AccessLevel | null;
  readonly selected: Selected;
}

/** Reading a secret is control of it: whatever it stores is gained too. */
export function accessTo(resource: ServiceResource, level: AccessLevel, { facts, conditions, ways }: Selected): AccessEdge {
  const selected = { facts, conditions, ways: allWays(ways, resource.ways) };
  return resource.isSecret && level !== "write"
    ? { to: resource.key, kind: "CAN_READ_SECRET", level: null, selected }
    : { to: resource.key, kind: "ACCESSES", level, selected };
}

/** `local`: its ways for this principal. */
export function addAccessEdge(draft: GraphDraft, from: string, { to, kind, level, selected }: AccessEdge, local = selected.ways): void {
  const { facts, conditions } = selected;
  draft.addEdge({ from, to, kind, level, conditional: conditions.length > 0, why: resting(evidence(facts, null, conditions), local) });
}

const strength = ({ kind, level }: AccessEdge): number => (kind === "ACCESSES" ? { read: 1, write: 2, admin: 3 }[level!] : 4);

/** One edge per target and level, and none that a stronger one always comes with. */
export function strongest(edges: readonly AccessEdge[]): readonly AccessEdge[] {
  if (edges.length === 1 && edges[0]!.selected.ways.length > 0) return edges;
  const kept: AccessEdge[] = [];
  for (const toTarget of Map.groupBy(edges, (edge) => edge.to).values()) {
    const stronger: Way[] = [];
    const byStrength = Map.groupBy(toTarget, strength);
    for (const level of [...byStrength.keys()].sort((a, b) => b - a)) {
      const same = byStrength.get(level)!;
      const best = same.reduce((a, b) => (b.selected.conditions.length < a.selected.conditions.length ? b : a));
      const ways =
        same.length === 1
          ? best.selected.ways
          : (simplest(
              same.flatMap((edge) => edge.selected.ways),
              false,
            ) ?? [[]]);
      if (!waysImply(ways, stronger)) kept.push({ ...best, selected: { ...best.selected, ways } });
      stronger.push(...ways);
    }
  }
  return kept;
}

/** Those that do not always come with one of the others that is as strong. */
export const besides = (edges: readonly AccessEdge[], others: readonly AccessEdge[]): readonly AccessEdge[] =>
  edges.filter((edge) => {
    const ways = others
      .filter((other) => other.to === edge.to && strength(other) >= strength(edge))
      .flatMap(({ selected }) => selected.ways);
    return ways.length === 0 || !waysImply(edge.selected.ways, ways);
  });
