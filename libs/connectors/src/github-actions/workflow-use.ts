import { asObject, asString } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import type { Workflow } from "./read-workflow.ts";

/** What a workflow signs in with, and who may start it. Names only: a value written into the file is never passed on. */
export interface WorkflowUse {
  /** Names of secrets that its expressions read, sorted. GITHUB_TOKEN is not one of them: every job has its own. */
  readonly secrets: readonly string[];
  /** Some expression takes all of them at once, or one by a name that is known only when it runs. */
  readonly takesAllSecrets: boolean;
  readonly rolesToAssume: readonly string[];
  /** Cloud keys that live in a secret, or even in the file. */
  readonly storesStaticCloudKey: boolean;
  readonly runsProposedCode: boolean;
}

const staticKeyNames = /^(?:AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AZURE_CREDENTIALS|GCP_SA_KEY|GCP_CREDENTIALS|GOOGLE_CREDENTIALS)$/i;
const staticKeyInputs = /^(?:aws-access-key-id|aws-secret-access-key|credentials_json|creds|service_account_key)$/i;

/** The context as a whole, or a secret by a name that is worked out. */
const namesNoSecret = /\bsecrets\b(?!\s*(?:\.|\[\s*'))/;
const expressionsIn = (text: string): string[] =>
  text
    .split("${{")
    .slice(1)
    .map((from) => from.split("}}", 1)[0]!);

export function useOf(workflow: Workflow): WorkflowUse {
  const secrets = new Set<string>();
  const roles = new Set<string>();
  let [storesStaticCloudKey, takesAllSecrets] = [false, false];
  forEachText(workflow.raw, (text, key) => {
    for (const match of text.matchAll(/\bsecrets(?:\.([A-Za-z_][A-Za-z0-9_]{0,127})|\[\s*'([A-Za-z_][A-Za-z0-9_]{0,127})'\s*\])/g)) {
      const name = (match[1] ?? match[2])!.toUpperCase();
      if (name !== "GITHUB_TOKEN") secrets.add(name);
      if (staticKeyNames.test(name)) storesStaticCloudKey = true;
    }
    if (expressionsIn(text).some((expression) => namesNoSecret.test(expression))) takesAllSecrets = true;
    if (staticKeyInputs.test(key)) storesStaticCloudKey = true;
    if (key === "role-to-assume" && /^arn:[a-z-]+:iam::\d{12}:role\/\S{1,600}$/.test(text)) roles.add(text);
  });
  return {
    secrets: [...secrets].sort(),
    takesAllSecrets,
    rolesToAssume: [...roles].sort(),
    storesStaticCloudKey,
    runsProposedCode: workflow.jobs.some((job) => job.steps.some(checksOutProposal)),
  };
}

/** A checkout of what somebody proposes, in a workflow that runs with the rights of the repository. */
function checksOutProposal(step: Json): boolean {
  const ref = asString(asObject(step["with"])?.["ref"]) ?? "";
  return (
    (asString(step["uses"]) ?? "").startsWith("actions/checkout@") &&
    /github\.event\.pull_request\.head|github\.head_ref|refs\/pull\//.test(ref)
  );
}

/** Every text of a value with the name it stands under. Iterative: the file is a stranger's. */
function forEachText(root: unknown, visit: (text: string, key: string) => void): void {
  const open: { readonly value: unknown; readonly key: string }[] = [{ value: root, key: "" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, key } = next;
    if (typeof value === "string") visit(value, key);
    else if (Array.isArray(value)) for (const item of value) open.push({ value: item, key });
    else for (const [name, inner] of Object.entries(asObject(value) ?? {})) open.push({ value: inner, key: name });
  }
}
