import type { SelfInventory } from "@rollcall/posture-pipeline";
import type { Collector, Draft } from "../observe/collector.ts";

/** What every part of the reading needs. */
export interface SelfReading {
  readonly collector: Collector;
  readonly inventory: SelfInventory;
  readonly where: string;
}

type OwnerDraft = Extract<Draft, { kind: "owner" }>;

export const provider = "rollcall";
export const inventoryRef = "rollcall/inventory";
export const personRef = (userId: string): string => `rollcall/person/${userId}`;

/** Rollcall writes who did what for each of these, whether they like it or not. */
export const attributable = { "logging.enabled": true, "logging.attributable": true } as const;

/** Known not to be so: Rollcall makes these itself, for the owner of the workspace. */
export const ordinary = {
  "managed.isPlatformManaged": false,
  "ephemeral.isEphemeral": false,
  "thirdParty.external": false,
  "pipeline.isPipeline": false,
} as const;

export const daysBetween = (from: string, to: string): number => Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));

/** Who made it answers for it, until somebody says otherwise. */
export function ownerOf(inventory: SelfInventory, identityRef: string, userId: string | null): OwnerDraft | null {
  const person = inventory.people.find((candidate) => candidate.userId === userId);
  if (person === undefined) return null;
  return {
    kind: "owner",
    ref: `${identityRef}#creator`,
    identityRef,
    ownerKind: "person",
    personRef: personRef(person.userId),
    label: person.name,
    signal: "creator",
    weight: 0.8,
  };
}

/** Whoever administers the workspace answers for what the instance holds. */
export function administrators(inventory: SelfInventory, identityRef: string): readonly Draft[] {
  return inventory.people
    .filter(({ admin, member }) => admin && member)
    .slice(0, 5)
    .map((person) => ({
      kind: "owner",
      ref: `${identityRef}#admin/${person.userId}`,
      identityRef,
      ownerKind: "person",
      personRef: personRef(person.userId),
      label: person.name,
      signal: "workspace_admin",
      weight: 0.4,
    }));
}
