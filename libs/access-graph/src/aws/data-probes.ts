import type { AccessLevel } from "@rollcall/nhi-model";
import { dataServices } from "./data-services.ts";
import type { DataService } from "./data-services.ts";
import type { PolicySet } from "./evaluate.ts";
import { SpokenActions } from "./spoken-actions.ts";

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

const spoken = new SpokenActions(probes.map(({ action }) => action));

/** The probes that some allow of the principal answers at all, in order. Found from the documents' own words, once per document. */
export function probesOf({ identity }: Pick<PolicySet, "identity">): readonly DataProbe[] {
  if (identity.length === 1) return spoken.of(identity[0]!.policy).map((index) => probes[index]!);
  const found = new Set<number>();
  for (const { policy } of identity) for (const index of spoken.of(policy)) found.add(index);
  return [...found].sort((a, b) => a - b).map((index) => probes[index]!);
}
