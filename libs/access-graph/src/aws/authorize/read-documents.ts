import { isRecord } from "../../is-record.ts";
import { compilePolicy, fullAccess } from "../policy.ts";
import type { CompiledPolicy } from "../policy.ts";
import type { NamedPolicy } from "./layer.ts";
import { validatePolicy } from "./validate-policy.ts";
import type { ValidationScope } from "./validate-policy.ts";

/** What is wrong with a question; caught where the answer is made. */
export class InvalidQuestion extends Error {}

const compiled = new WeakMap<object, CompiledPolicy>();

/** A list of documents, one document, or nothing. Each may be JSON text. Documents are named `<place>[<index>]`. */
export function readDocuments(value: unknown, place: string, scope: ValidationScope): readonly NamedPolicy[] {
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((document, index) => readDocument(document, `${place}[${index}]`, scope));
}

/** Also takes `{name, policy}` and `{name, document}`, as listings wrap documents. */
export function readDocument(value: unknown, ref: string, scope: ValidationScope): NamedPolicy {
  const document = unwrapped(parsed(value, ref));
  const problem = validatePolicy(document, scope);
  if (problem !== null) throw new InvalidQuestion(`${ref}: ${problem}`);
  return { ref, policy: compiledOnce(document as object) };
}

function compiledOnce(document: object): CompiledPolicy {
  let policy = compiled.get(document);
  if (policy === undefined) compiled.set(document, (policy = compilePolicy(document)));
  return policy;
}

function parsed(value: unknown, ref: string): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new InvalidQuestion(`${ref}: the policy is not JSON`);
  }
}

function unwrapped(value: unknown): unknown {
  if (!isRecord(value) || value["Statement"] !== undefined) return value;
  const inner = value["policy"] ?? value["document"] ?? value["Document"] ?? value["PolicyDocument"];
  return typeof inner === "string" || isRecord(inner) ? parsed(inner, "policy") : value;
}

/** `[[document, ...], ...]`: one list per level; a document in place of a list is a level of its own. */
export function readLevels(value: unknown, kind: "scp" | "rcp"): readonly (readonly NamedPolicy[])[] {
  if (value === undefined || value === null) return [];
  const levels: readonly unknown[] = Array.isArray(value) ? value : [value];
  return levels.map((level, index) => {
    const policies = readDocuments(policiesOf(level), `${kind}[${index}]`, { kind });
    return kind === "rcp" ? withFullAccess(policies, `${kind}[${index}]`) : policies;
  });
}

/** Also takes a level as `{name, policies}`. */
const policiesOf = (level: unknown): unknown => (isRecord(level) && Array.isArray(level["policies"]) ? level["policies"] : level);

/** AWS attaches a policy that allows everything beside customers' own, which can only deny, and nobody can detach it. */
function withFullAccess(policies: readonly NamedPolicy[], ref: string): readonly NamedPolicy[] {
  const isDenyOnly = policies.length > 0 && policies.every(({ policy }) => policy.allows.length === 0);
  return isDenyOnly ? [...policies, { ref: `${ref} RCPFullAWSAccess`, policy: fullAccess }] : policies;
}
