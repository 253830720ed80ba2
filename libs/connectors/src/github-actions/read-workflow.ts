import type { ImportFile } from "@rollcall/posture-pipeline";
import { asObject, asString, objectsIn, stringsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { parseYaml } from "../input/parse-yaml.ts";
import { readText } from "../input/read-text.ts";

export interface Trigger {
  readonly event: string;
  readonly settings: Json;
}

/** `write` = may write; `unstated` = as the repository is set up, which a file does not say. */
export type Permission = "write" | "none" | "unstated";

export interface WorkflowJob {
  readonly id: string;
  /** Name of the file that it stands in. */
  readonly file: string;
  /** Several where a matrix names them; what else an expression may become stays in it. Empty = none. */
  readonly environments: readonly string[];
  /** `owner/repo/.github/workflows/x.yml@ref` when the job calls another workflow. */
  readonly calls: string | null;
  readonly inheritsSecrets: boolean;
  readonly runsOn: readonly string[];
  readonly idToken: Permission;
  readonly contents: Permission;
  readonly steps: readonly Json[];
  readonly raw: Json;
}

export interface Workflow {
  readonly file: string;
  readonly path: string;
  readonly name: string;
  readonly triggers: readonly Trigger[];
  readonly jobs: readonly WorkflowJob[];
  readonly raw: Json;
}

/** A workflow of GitHub Actions: it has `on` and `jobs`. */
export function looksLikeWorkflow(file: ImportFile): boolean {
  if (!/\.ya?ml$/i.test(file.name)) return false;
  const text = readText(file);
  if (/^\s*\uFEFF?\{/.test(text) && !/\bapiVersion\b/.test(text)) return isWorkflow(text);
  return /^jobs\s*:/m.test(text) && /^["']?on["']?\s*:/m.test(text) && !/^apiVersion\s*:/m.test(text);
}

/** Written in one piece, as tools do: only reading it tells. */
function isWorkflow(text: string): boolean {
  const parsed = parseYaml(text);
  const raw = parsed.ok ? asObject(parsed.value) : undefined;
  return raw !== undefined && "on" in raw && asObject(raw["jobs"]) !== undefined;
}

/** What is wrong with it in words, or the workflow. */
export function readWorkflow(file: ImportFile): Workflow | string {
  const parsed = parseYaml(readText(file));
  if (!parsed.ok) return `not valid YAML${parsed.line === null ? "" : ` at line ${parsed.line}`}`;
  const raw = asObject(parsed.value);
  const jobs = asObject(raw?.["jobs"]);
  if (raw === undefined || jobs === undefined) return "has no jobs";
  const fileName = file.name.slice(Math.max(file.name.lastIndexOf("/"), file.name.lastIndexOf("\\")) + 1);
  return {
    file: fileName,
    path: file.name,
    name: asString(raw["name"]) ?? fileName,
    triggers: triggersOf(raw["on"]),
    jobs: Object.entries(jobs).flatMap(([id, value]) => {
      const job = asObject(value);
      return job === undefined ? [] : [readJob({ id, file: fileName }, job, raw["permissions"])];
    }),
    raw,
  };
}

function triggersOf(value: unknown): Trigger[] {
  const named = asObject(value);
  if (named === undefined) return stringsIn(value).map((event) => ({ event, settings: {} }));
  return Object.entries(named).map(([event, settings]) => ({ event, settings: asObject(settings) ?? {} }));
}

function readJob(place: { id: string; file: string }, job: Json, inherited: unknown): WorkflowJob {
  const permissions = job["permissions"] ?? inherited;
  const environment = job["environment"];
  const runsOn = asObject(job["runs-on"]);
  return {
    ...place,
    environments: environmentsOf(
      asString(environment) ?? asString(asObject(environment)?.["name"]),
      asObject(asObject(job["strategy"])?.["matrix"]),
    ),
    calls: asString(job["uses"]) ?? null,
    inheritsSecrets: job["secrets"] === "inherit",
    runsOn: stringsIn(runsOn === undefined ? job["runs-on"] : (runsOn["labels"] ?? runsOn["group"])),
    idToken: permissionOf(permissions, "id-token"),
    contents: permissionOf(permissions, "contents"),
    steps: objectsIn(job["steps"]),
    raw: job,
  };
}

const mostEnvironments = 50;

/** An expression that names one variable of a matrix of texts stands for each of them. */
function environmentsOf(stated: string | undefined, matrix: Json | undefined): readonly string[] {
  const variable = /\$\{\{\s*matrix\.([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}/.exec(stated ?? "");
  if (stated === undefined || variable === null) return stated === undefined ? [] : [stated];
  const [expression, name] = [variable[0], variable[1]!];
  const listed = matrix?.[name];
  // A list that is an expression itself is known only when it runs.
  if (typeof listed === "string" || typeof matrix?.["include"] === "string") return [stated];
  const included = objectsIn(matrix?.["include"]).flatMap((each) => asString(each[name]) ?? []);
  const values = [...new Set([...stringsIn(listed), ...included])];
  const known = values.length > 0 && values.length <= mostEnvironments && values.every((value) => !value.includes("${{"));
  return known ? values.map((value) => stated.replaceAll(expression, () => value)) : [stated];
}

/** Naming any permission takes the others away; naming none leaves them to the repository, but an identity token is never given by default. */
function permissionOf(permissions: unknown, name: string): Permission {
  if (permissions === undefined || permissions === null) return name === "id-token" ? "none" : "unstated";
  if (permissions === "write-all") return "write";
  return asObject(permissions)?.[name] === "write" ? "write" : "none";
}
