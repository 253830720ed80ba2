import { expect, test } from "vitest";
import { z } from "zod";
import { appRouter } from "./router.ts";

// Nobody sets what a procedure does not name: a field of its own beside the named ones never reaches the code.

interface Procedure {
  readonly _def: { readonly type: string; readonly inputs: readonly z.core.$ZodType[] };
}
const procedures = Object.entries(appRouter._def.procedures as unknown as Readonly<Record<string, Procedure>>);

type Json = Readonly<Record<string, unknown>>;

/** Paths in a schema at which an object takes fields that it does not name and hands them on. */
function open(schema: unknown, path: string): readonly string[] {
  if (schema === null || typeof schema !== "object") return [];
  if (Array.isArray(schema)) return schema.flatMap((one, at) => open(one, `${path}/${at}`));
  const { type, additionalProperties, ...rest } = schema as Json;
  const takesAll = type === "object" && additionalProperties !== undefined && additionalProperties !== false;
  return [...(takesAll ? [path] : []), ...Object.entries(rest).flatMap(([key, value]) => open(value, `${path}/${key}`))];
}

/** A policy, as its provider has it: what is tried out, stored nowhere as fields of ours. */
const meant = ["graph.whatIf", "tasks.openPlan"].map((path) => `${path}/properties/changes/items/oneOf/5/properties/document`);

test.each(procedures)("%s takes the fields that it names and no others", (path, { _def: { inputs } }) => {
  const found = inputs.flatMap((input) => open(z.toJSONSchema(input, { io: "output", unrepresentable: "any" }), path));
  expect(found.filter((place) => !meant.includes(place))).toEqual([]);
});
