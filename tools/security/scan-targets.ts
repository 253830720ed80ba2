import type { Operation, Parameter, Schema } from "./operations.ts";
import { samplesOf, type KnownValues } from "./sample-values.ts";

/** One request with the place that a scanner may change. sqlmap changes what stands before an asterisk, or a parameter that is named. */
export interface ScanTarget {
  readonly operation: string;
  /** What is examined, for people. */
  readonly place: string;
  readonly method: string;
  /** With the query; an asterisk where a path segment is examined. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Name of the query or form parameter that is examined; null when the request is marked by asterisks. */
  readonly parameter: string | null;
}

/**
 * Every parameter and every field of a body, one operation after the other; where there is none, a header. What is pushed is worked on long after
 * the answer, and what is deleted cannot be looked at: both come after everything else.
 */
export function scanTargets(operations: readonly Operation[], knownOf: (path: string) => KnownValues): readonly ScanTarget[] {
  const rank = ({ method, path }: Operation): number =>
    method === "DELETE" ? 3 : path.endsWith("/ingestions") ? 2 : method === "GET" ? 0 : 1;
  return operations
    .toSorted((left, right) => rank(left) - rank(right))
    .flatMap((operation) => {
      const known = knownOf(operation.path);
      const targets = [
        ...operation.parameters.map((parameter) => parameterTarget(operation, parameter, known)),
        ...bodyTargets(operation, known),
      ];
      return targets.length > 0 ? targets : [headerTarget(operation, known)];
    });
}

/** How many places a request has that a scanner may change. */
export function placesOf({ url, headers, body, parameter }: ScanTarget): number {
  if (parameter !== null) return 1;
  return [url, ...Object.values(headers), body ?? ""].join().split("*").length - 1;
}

const nameOf = (operation: Operation): string => `${operation.method} ${operation.path}`;
const textOf = (schema: Schema, name: string, known: KnownValues): string => {
  const [value] = samplesOf(name, schema, known);
  return String(Array.isArray(value) ? value[0] : value);
};

function pathOf(operation: Operation, known: KnownValues, marked: string | null): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = operation.parameters.find((one) => one.place === "path" && one.name === name)?.schema ?? {};
    return `${encodeURIComponent(textOf(schema, name, known))}${name === marked ? "*" : ""}`;
  });
}

function parameterTarget(operation: Operation, parameter: Parameter, known: KnownValues): ScanTarget {
  const { name, place, schema } = parameter;
  const value = textOf(schema, name, known);
  const query = place === "query" ? `?${encodeURIComponent(name)}=${encodeURIComponent(value)}` : "";
  return {
    operation: nameOf(operation),
    place: `${name} in the ${place}`,
    method: operation.method,
    url: `${pathOf(operation, known, place === "path" ? name : null)}${query}`,
    headers: { ...contentOf(operation), ...(place === "header" ? { [name]: `${value}*` } : {}) },
    body: operation.method === "GET" || operation.method === "DELETE" ? null : plainBody(operation, known),
    parameter: place === "query" ? name : null,
  };
}

function headerTarget(operation: Operation, known: KnownValues): ScanTarget {
  return {
    operation: nameOf(operation),
    place: "user-agent in the header",
    method: operation.method,
    url: pathOf(operation, known, null),
    headers: { "user-agent": "scan*" },
    body: null,
    parameter: null,
  };
}

function bodyTargets(operation: Operation, known: KnownValues): readonly ScanTarget[] {
  const { body } = operation;
  if (body === null) return [];
  const base = {
    operation: nameOf(operation),
    method: operation.method,
    url: pathOf(operation, known, null),
    headers: contentOf(operation),
  };
  if (body.contentType === "application/x-ndjson")
    return oneByOne(markedJson(record)).map(({ field, text }) => ({ ...base, place: `${field} in the body`, body: text, parameter: null }));
  const samples = samplesOf("", body.schema, known);
  if (body.contentType === "application/json") {
    const once = markedOnce(body.schema, known);
    return samples.flatMap((sample, at) =>
      oneByOne(markedJson(sample, at === 0 ? new Set() : once)).map(({ field, text }) => ({
        ...base,
        place: `${field} in body ${at + 1} of ${samples.length}`,
        body: text,
        parameter: null,
      })),
    );
  }
  const form = new URLSearchParams(samples[0] as Record<string, string>);
  return [...form.keys()].map((name) => ({ ...base, place: `${name} in the form`, body: form.toString(), parameter: name }));
}

/** One record of a push stands for everything that can be imported. */
const record = {
  kind: "identity",
  ref: "scan",
  identityKind: "bot",
  name: "scan",
  provider: "scan",
  facts: { purpose: "scan" },
  attributes: { note: "scan" },
};
const contentOf = (operation: Operation): Record<string, string> =>
  operation.body === null ? {} : { "content-type": operation.body.contentType };
function plainBody({ body }: Operation, known: KnownValues): string | null {
  if (body === null) return null;
  return JSON.stringify(body.contentType === "application/x-ndjson" ? record : samplesOf("", body.schema, known)[0]);
}

/** The same text once for each of its marks, with that one alone, and the name of the field that it stands in. */
function oneByOne(marked: string): readonly { readonly field: string; readonly text: string }[] {
  const parts = marked.split("*");
  return parts.slice(1).map((_, at) => {
    const before = parts.slice(0, at + 1).join("");
    return { field: [...before.matchAll(/"(\w+)":/g)].at(-1)?.[1] ?? "value", text: `${before}*${parts.slice(at + 1).join("")}` };
  });
}

/** Fields that are the same in each form of a body: those beside the alternatives, and the one that tells the alternatives apart. */
function markedOnce(schema: Schema, known: KnownValues): ReadonlySet<string> {
  const beside = Object.entries(schema.properties ?? {}).filter(([name, field]) => samplesOf(name, field, known).length === 1);
  return new Set([...beside.map(([name]) => name), ...tagsOf(schema)]);
}
function tagsOf({ const: value, enum: values, properties, items, anyOf, oneOf }: Schema, name = ""): readonly string[] {
  if (value !== undefined || values?.length === 1) return [name];
  return [
    ...Object.entries(properties ?? {}).flatMap(([field, schema]) => tagsOf(schema, field)),
    ...[...(items === undefined ? [] : [items]), ...(anyOf ?? []), ...(oneOf ?? [])].flatMap((schema) => tagsOf(schema, name)),
  ];
}

/** JSON in which every text and every number carries a mark, except those of the fields that are left. */
export function markedJson(sample: unknown, left: ReadonlySet<string> = new Set()): string {
  const marked = JSON.stringify(sample, (key, value: unknown) =>
    left.has(key) ? value : typeof value === "string" ? `${value}*` : typeof value === "number" ? `#${value}*#` : value,
  );
  return marked.replace(/"#(-?[\d.]+\*)#"/g, "$1");
}
