/** Readers for untrusted values: the value in the wanted shape, or nothing. */
export type Json = Readonly<Record<string, unknown>>;

export const asObject = (value: unknown): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
export const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const asString = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
export const objectsIn = (value: unknown): readonly Json[] =>
  asArray(value)
    .map(asObject)
    .filter((item) => item !== undefined);
export const stringsIn = (value: unknown): readonly string[] =>
  (typeof value === "string" ? [value] : asArray(value)).filter((item) => typeof item === "string");
