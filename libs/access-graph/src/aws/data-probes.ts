import type { AccessLevel } from "@rollcall/nhi-model";
import { lowerAction, serviceOfAction } from "./action-name.ts";
import { dataServices } from "./data-services.ts";
import type { DataService } from "./data-services.ts";
import type { PolicySet } from "./evaluate.ts";
import { hasWildcard } from "./glob.ts";
import type { CompiledPolicy } from "./policy.ts";

/** One question about data: is this action, which shows this level of access to the service, allowed? */
export interface DataProbe {
  readonly service: DataService;
  readonly level: AccessLevel;
  readonly action: string;
}

/** By service, then strongest level first. */
const probes: readonly DataProbe[] = dataServices.flatMap((service) =>
  (["admin", "write", "read"] as const).flatMap((level) => service.actions[level].map((action) => ({ service, level, action }))),
);

const everyProbe = probes.map((_, index) => index);
const byAction = new Map(probes.map((probe, index) => [lowerAction(probe.action), index]));
const byService: ReadonlyMap<string, readonly number[]> = Map.groupBy(everyProbe, (index) => serviceOfAction(probes[index]!.action));
const remembered = new WeakMap<CompiledPolicy, readonly number[]>();

/** The probes that some allow of the principal answers at all, in order. Found from the documents' own words, once per document. */
export function probesOf(policies: PolicySet): readonly DataProbe[] {
  const found = new Set<number>();
  for (const { policy } of policies.identity) for (const index of probesOfPolicy(policy)) found.add(index);
  return [...found].sort((a, b) => a - b).map((index) => probes[index]!);
}

function probesOfPolicy(policy: CompiledPolicy): readonly number[] {
  let known = remembered.get(policy);
  if (known !== undefined) return known;
  const possible = new Set<number>();
  for (const { actions, notActions } of policy.allows) {
    for (const index of notActions === null ? actions.flatMap(probesOfPattern) : everyProbe) possible.add(index);
  }
  known = [...possible].filter((index) => policy.matching(lowerAction(probes[index]!.action)).allows.length > 0);
  remembered.set(policy, known);
  return known;
}

function probesOfPattern(pattern: string): readonly number[] {
  if (!hasWildcard(pattern)) {
    const index = byAction.get(pattern);
    return index === undefined ? [] : [index];
  }
  const service = pattern.slice(0, Math.max(0, pattern.indexOf(":")));
  return service === "" || hasWildcard(service) ? everyProbe : (byService.get(service) ?? []);
}
