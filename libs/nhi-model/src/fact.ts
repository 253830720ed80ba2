import { z } from "zod";

/** Why a value is not known. Unknown is a value: it never scores as good or bad. */
export const unknownReason = z.enum(["not_offered", "denied", "not_collected", "conflicting"]);
export type UnknownReason = z.infer<typeof unknownReason>;

/**
 * A value as the inventory holds it: known with its source and time, or unknown with a reason. The time is that of the source's latest
 * statement; where it is left out, the statement beside the inventory has it.
 */
export type Fact<T> =
  | { readonly known: T; readonly source: string; readonly observedAt?: string }
  | { readonly unknown: UnknownReason; readonly source?: string; readonly observedAt?: string };

/** A fact with the date of its statement at hand. */
export type DatedFact<T> =
  { readonly known: T; readonly source: string; readonly observedAt: string } | Extract<Fact<T>, { readonly unknown: UnknownReason }>;

export type FactValue = string | number | boolean | readonly string[] | readonly Record<string, unknown>[];
/** Facts of one entity by field path (fields of the normalised record, e.g. `owner.personId`). */
export type FactMap = Readonly<Record<string, Fact<FactValue>>>;
export type DatedFactMap = Readonly<Record<string, DatedFact<FactValue>>>;

/** A fact as a connector states it: the value itself, or `{ unknown }`. Source and time come from the observation's envelope. */
export const statedFact = z.union([
  z.string().max(4096),
  z.number(),
  z.boolean(),
  z.array(z.string().max(1024)).max(2000),
  z.strictObject({ unknown: unknownReason }),
  z.array(z.record(z.string(), z.unknown())).max(500),
]);
export type StatedFact = z.infer<typeof statedFact>;
export type StatedFacts = Readonly<Record<string, StatedFact>>;

export const isKnown = <T>(fact: Fact<T> | undefined): fact is Extract<Fact<T>, { known: T }> => fact !== undefined && "known" in fact;

/** The known value, or undefined when unknown or absent. */
export const knownValue = <T>(fact: Fact<T> | undefined): T | undefined => (isKnown(fact) ? fact.known : undefined);

export const isUnknownStatement = (value: StatedFact): value is { unknown: UnknownReason } =>
  typeof value === "object" && !Array.isArray(value) && "unknown" in value;
