import type { ImportFile } from "@rollcall/posture-pipeline";
import { parseAllDocuments } from "yaml";
import { asArray, asObject, asString } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { importLimits } from "../input/limits.ts";
import { objectsInText, parseJson } from "../input/parse-json.ts";
import { peekText, readText } from "../input/read-text.ts";
import { eksObjects, looksLikeEks } from "./eks/eks-answers.ts";

/** One object of a cluster as listed. Secret values are still in `raw`: they must not leave this folder. */
export interface K8sObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly uid: string | undefined;
  readonly createdAt: unknown;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** Name of the controller that made it, e.g. the ReplicaSet of a Pod. */
  readonly controller: string | undefined;
  readonly raw: Json;
  readonly where: string;
  /** The cluster that it names itself; a listing of kubectl names none. */
  readonly cluster?: string;
}

export interface ObjectReading {
  readonly objects: readonly K8sObject[];
  readonly problems: readonly { readonly where: string; readonly code: string; readonly message: string }[];
  /** A list that says there is more of it. */
  readonly truncated: boolean;
}

export interface ReadFile extends ObjectReading {
  readonly file: ImportFile;
}

/** An object or list of Kubernetes, in JSON or YAML; or what EKS says of its clusters. */
export function looksLikeKubernetes(file: ImportFile): boolean {
  const head = peekText(file, 4_096);
  if (/^\s*\uFEFF?[{[]/.test(head)) {
    if (looksLikeEks(readText(file), (text) => jsonValues(text)?.flat() ?? [])) return true;
    const text = head.length < file.bytes.length && !/"(?:apiVersion|kind)"\s*:/.test(head) ? readText(file) : head;
    return /"kind"\s*:\s*"[A-Z]/.test(text.length > head.length ? text : readText(file)) && /"apiVersion"\s*:\s*"/.test(readText(file));
  }
  return /^-?\s*apiVersion:\s*\S/m.test(head) && /^-?\s*kind:\s*["']?[A-Z]/m.test(readText(file));
}

export function readObjects(file: ImportFile): ObjectReading {
  const problems: { where: string; code: string; message: string }[] = [];
  const documents = readDocuments(file, problems);
  const objects: K8sObject[] = [];
  let truncated = false;
  const visit = (value: unknown, where: string, kindHint?: string): void => {
    const raw = asObject(value);
    const kind = asString(raw?.["kind"]) ?? kindHint;
    const answered = raw === undefined || kind !== undefined ? null : eksObjects(raw, where);
    if (answered !== null) {
      objects.push(...answered.filter(({ name }) => name !== ""));
      if (raw !== undefined && asString(raw["nextToken"]) !== undefined) truncated = true;
      return;
    }
    if (raw === undefined || kind === undefined) {
      problems.push({ where, code: "invalid_record", message: "not an object of Kubernetes" });
      return;
    }
    if (kind.endsWith("List") && Array.isArray(raw["items"])) {
      const listed = asObject(raw["metadata"]);
      if (asString(listed?.["continue"]) !== undefined || Number(listed?.["remainingItemCount"] ?? 0) > 0) truncated = true;
      const itemKind = kind === "List" ? undefined : kind.slice(0, -4);
      asArray(raw["items"]).forEach((item, index) => visit(item, `${where}/items/${index}`, itemKind));
      return;
    }
    const object = toObject(raw, kind, where);
    if (object === null) problems.push({ where, code: "invalid_record", message: `${kind} without a name` });
    else objects.push(object);
  };
  documents.forEach((value, index) => {
    const where = documents.length > 1 ? `${file.name}#${index + 1}` : file.name;
    if (Array.isArray(value)) value.forEach((item, at) => visit(item, `${where}/${at}`));
    else visit(value, where);
  });
  return { objects, problems, truncated };
}

function toObject(raw: Json, kind: string, where: string): K8sObject | null {
  const metadata = asObject(raw["metadata"]);
  const name = asString(metadata?.["name"]) ?? asString(metadata?.["generateName"]);
  if (metadata === undefined || name === undefined) return null;
  const owners = asArray(metadata["ownerReferences"]).map(asObject);
  return {
    kind,
    name,
    namespace: asString(metadata["namespace"]) ?? null,
    uid: asString(metadata["uid"]),
    createdAt: metadata["creationTimestamp"],
    labels: strings(metadata["labels"]),
    annotations: strings(metadata["annotations"]),
    controller: owners.map((owner) => `${asString(owner?.["kind"]) ?? "?"}/${asString(owner?.["name"]) ?? "?"}`)[0],
    raw,
    where,
  };
}

function strings(raw: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(asObject(raw) ?? {}).flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : []));
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function readDocuments(file: ImportFile, problems: { where: string; code: string; message: string }[]): readonly unknown[] {
  const text = readText(file);
  if (/^\s*\uFEFF?[{[]/.test(text)) {
    const values = jsonValues(text);
    if (values !== null) return values;
    const parsed = parseJson(text);
    if (!parsed.ok) problems.push({ where: file.name, code: parsed.code, message: `${file.name} ${parsed.message}. Export it again.` });
    return [];
  }
  return readYaml(text, file.name, problems);
}

/** One JSON text, or answers of several commands one after the other in one file; null when it is neither. */
function jsonValues(text: string): readonly unknown[] | null {
  const parsed = parseJson(text);
  if (parsed.ok) return [parsed.value];
  const parts = parsed.code === "invalid_json" ? objectsInText(text).map((part) => parseJson(part)) : [];
  return parts.length > 1 && parts.every((part) => part.ok) ? parts.map(({ value }) => value) : null;
}

/** Messages of the parser quote the text, which may be a secret: only the line is passed on. */
function readYaml(text: string, name: string, problems: { where: string; code: string; message: string }[]): readonly unknown[] {
  const values: unknown[] = [];
  try {
    const documents = parseAllDocuments(text, { logLevel: "silent", prettyErrors: true, uniqueKeys: true });
    for (const [index, document] of (Array.isArray(documents) ? documents : []).entries()) {
      const [error] = document.errors;
      if (error !== undefined) {
        problems.push({
          where: `${name}:${error.linePos?.[0].line ?? "?"}`,
          code: "invalid_yaml",
          message: `document ${index + 1} is not valid YAML`,
        });
        continue;
      }
      const value: unknown = document.toJS({ maxAliasCount: importLimits.yamlAliases });
      if (value !== null && value !== undefined) values.push(value);
    }
  } catch {
    problems.push({
      where: name,
      code: "invalid_yaml",
      message: "the file is not readable YAML: nested too deeply, or its aliases multiply without end",
    });
  }
  return values;
}
