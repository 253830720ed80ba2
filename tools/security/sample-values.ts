import type { Schema } from "./operations.ts";

/** Values that exist in the scanned instance, by the name of a parameter or of a field. */
export type KnownValues = Readonly<Record<string, string | number>>;

/** One value per way of filling a schema: a schema with alternatives has several. Everything optional is filled as well. */
export function samplesOf(name: string, schema: Schema, known: KnownValues): readonly unknown[] {
  const alternatives = (schema.oneOf ?? schema.anyOf)?.filter((one) => one.type !== "null");
  if (alternatives !== undefined) return alternatives.flatMap((one) => samplesOf(name, one, known));
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return [schema.enum.find((value) => value === known[name]) ?? schema.enum[0]];
  if (schema.type === "array") return samplesOf(name, schema.items ?? {}, known).map((item) => [item]);
  if (schema.type === "object") return objectsOf(schema, known);
  return [scalarOf(name, schema, known)];
}

function objectsOf(schema: Schema, known: KnownValues): readonly unknown[] {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, samplesOf(name, field, known)] as const);
  const count = Math.max(1, ...fields.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, at) => Object.fromEntries(fields.map(([name, values]) => [name, values[at % values.length]])));
}

function scalarOf(name: string, schema: Schema, known: KnownValues): unknown {
  if (schema.type === "integer" || schema.type === "number") return known[name] ?? schema.default ?? schema.minimum ?? 1;
  if (schema.type === "boolean") return schema.default ?? true;
  if (known[name] !== undefined) return String(known[name]);
  if (schema.default !== undefined) return schema.default;
  if (schema.format === "date-time") return "2026-11-01T00:00:00Z";
  if (schema.format === "uuid") return "0190b0a0-0000-7000-8000-00000000dead";
  return "a";
}
