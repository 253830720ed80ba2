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

/** Every parameter and every field of a body, one operation after the other; where there is none, a header. */
export function scanTargets(operations: readonly Operation[], knownOf: (path: string) => KnownValues): readonly ScanTarget[] {
  return operations.flatMap((operation) => {
    const known = knownOf(operation.path);
    const targets = [
      ...operation.parameters.map((parameter) => parameterTarget(operation, parameter, known)),
      ...bodyTargets(operation, known),
    ];
    return targets.length > 0 ? targets : [headerTarget(operation, known)];
  });
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
  if (body.contentType === "application/x-ndjson") return [{ ...base, place: "body", body: markedJson(record), parameter: null }];
  const samples = samplesOf("", body.schema, known);
  if (body.contentType === "application/json")
    return samples.map((sample, at) => ({
      ...base,
      place: `body ${at + 1} of ${samples.length}`,
      body: markedJson(sample),
      parameter: null,
    }));
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

/** JSON in which every text and every number carries a mark. */
export function markedJson(sample: unknown): string {
  const marked = JSON.stringify(sample, (_key, value: unknown) =>
    typeof value === "string" ? `${value}*` : typeof value === "number" ? `#${value}*#` : value,
  );
  return marked.replace(/"#(-?[\d.]+\*)#"/g, "$1");
}
