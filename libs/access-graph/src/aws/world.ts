import { isKnown } from "@rollcall/nhi-model";
import type { Grant, Identity } from "@rollcall/nhi-model";
import type { BuildContext } from "../edge-builder.ts";
import type { Located } from "../inventory.ts";
import { byText } from "../order.ts";
import { iamTypeOfArn, parseArn } from "./arn.ts";
import type { NamedPolicy, PolicySet } from "./evaluate.ts";
import { compilePolicy } from "./policy.ts";
import type { CompiledPolicy } from "./policy.ts";
import { principalVariables } from "./variables.ts";

export interface AwsPrincipal {
  readonly key: string;
  readonly arn: string;
  readonly account: string;
  readonly type: "user" | "role";
  /** Whether it can sign in with a password; null when the export does not say. */
  readonly hasPassword: boolean | null;
  readonly policies: PolicySet;
  /** Equal signatures mean equal policies, so permissions are worked out once. */
  readonly signature: string;
  /** Groups it belongs to, by ARN. */
  readonly groups: readonly string[];
  /** Managed policies in force on it, its own and its groups'. */
  readonly attached: readonly string[];
  readonly trust: NamedPolicy | null;
}

export interface AwsGroup {
  readonly key: string;
  readonly arn: string;
  readonly account: string;
  readonly policies: readonly NamedPolicy[];
}

export interface AwsWorld {
  readonly principals: readonly AwsPrincipal[];
  readonly byArn: ReadonlyMap<string, AwsPrincipal>;
  readonly groups: ReadonlyMap<string, AwsGroup>;
  /** Accounts whose principals are in the inventory. */
  readonly accounts: readonly string[];
}

/** Roles that only AWS itself may change or hand out. */
export const isProtectedRole = (arn: string): boolean => arn.includes(":role/aws-service-role/") || arn.includes(":role/aws-reserved/");

/** Reads principals, groups and their policies from the inventory; what is missing becomes a gap on everyone it concerns. */
export function awsWorld(context: BuildContext): AwsWorld {
  const reader = new PolicyReader(context);
  const groups = new Map<string, AwsGroup>();
  for (const located of context.inventory.all) {
    const account = ownerOf(located.entity.ref);
    if (located.kind !== "resource" || located.entity.kind !== "group" || account === null) continue;
    groups.set(located.entity.ref, { key: located.key, arn: located.entity.ref, account, policies: reader.attachedTo(located).known });
  }
  const principals: AwsPrincipal[] = [];
  const byArn = new Map<string, AwsPrincipal>();
  for (const located of context.inventory.all) {
    if (located.kind !== "identity" || byArn.has(located.entity.ref)) continue;
    const principal = readPrincipal(context, reader, located);
    if (principal === null) continue;
    principals.push(principal);
    byArn.set(principal.arn, principal);
  }
  return { principals, byArn, groups, accounts: [...new Set(principals.map((principal) => principal.account))].sort(byText) };
}

function readPrincipal(context: BuildContext, reader: PolicyReader, located: Extract<Located, { kind: "identity" }>): AwsPrincipal | null {
  const arn = located.entity.ref;
  const [account, type] = [ownerOf(arn), iamTypeOfArn(arn)];
  if (account === null || (type !== "user" && type !== "role")) return null;
  const memberships = reader.grantsFrom(located, "membership").flatMap((grant) => {
    const group = context.inventory.resolve(grant.sourceId, grant.to);
    if (group !== undefined) return [group];
    context.draft.addGap({ ref: arn, what: "unresolved_reference", detail: `group ${grant.to} is not in the inventory` });
    return [];
  });
  const sources = [reader.attachedTo(located), ...memberships.map((group) => reader.attachedTo(group))];
  const boundary = reader.read(located, "boundary");
  for (const ref of [...sources.flatMap((source) => source.missing), ...boundary.missing]) {
    context.draft.addGap({ ref: arn, what: "policy_document_missing", detail: `${ref} is in force, but its document is not known` });
  }
  const identity = [...new Map(sources.flatMap((source) => source.known).map((named) => [named.ref, named])).values()].sort((a, b) =>
    byText(a.ref, b.ref),
  );
  const all = [...identity, ...boundary.known];
  for (const { ref, policy } of all)
    for (const problem of policy.problems) context.draft.addGap({ ref: arn, what: "policy_invalid", detail: `${ref}: ${problem}` });
  const trust = reader.trustOf(located);
  const own = all.some((named) => named.policy.hasVariables) ? arn : "";
  return {
    key: located.key,
    arn,
    account,
    type,
    trust,
    hasPassword: passwordOf(located.entity),
    policies: { identity, ceilings: boundary.known, unknownCeilings: boundary.missing, variables: principalVariables(arn) },
    signature: [
      account,
      own,
      ...identity.map((named) => named.ref),
      "|",
      ...boundary.known.map((named) => named.ref),
      "|",
      ...boundary.missing,
    ].join("\n"),
    groups: [...new Set(memberships.map((group) => group.entity.ref))].sort(byText),
    attached: [...new Set(sources.flatMap((source) => source.managed))].sort(byText),
  };
}

/** Account part as written: redacted exports carry something other than twelve digits there, and their grants count all the same. */
const ownerOf = (arn: string): string | null => parseArn(arn)?.account || null;

function passwordOf({ facts }: Identity): boolean | null {
  const fact = facts["auth.interactiveLoginEnabled"];
  return isKnown(fact) ? fact.known === true : null;
}

interface ReadPolicies {
  readonly known: readonly NamedPolicy[];
  readonly missing: readonly string[];
  /** Refs of managed policies, with or without a document. */
  readonly managed: readonly string[];
}

class PolicyReader {
  readonly #context: BuildContext;
  readonly #grants = new Map<string, Grant[]>();
  readonly #compiled = new Map<string, CompiledPolicy>();
  readonly #byPolicyKey = new Map<string, CompiledPolicy>();

  constructor(context: BuildContext) {
    this.#context = context;
    for (const grant of context.grants) {
      const from = context.inventory.resolve(grant.sourceId, grant.from);
      if (from === undefined) {
        context.draft.addGap({
          ref: grant.from,
          what: "unresolved_reference",
          detail: `grant ${grant.ref} is from something not in the inventory`,
        });
        continue;
      }
      const key = `${grant.grantKind}\n${from.key}`;
      const list = this.#grants.get(key);
      if (list === undefined) this.#grants.set(key, [grant]);
      else list.push(grant);
    }
  }

  grantsFrom(located: Located, grantKind: string): readonly Grant[] {
    return this.#grants.get(`${grantKind}\n${located.key}`) ?? [];
  }

  attachedTo(located: Located): ReadPolicies {
    return this.read(located, "attached_policy");
  }

  read(located: Located, grantKind: string): ReadPolicies {
    const known = new Map<string, NamedPolicy>();
    const missing = new Set<string>();
    const managed = new Set<string>();
    for (const grant of this.grantsFrom(located, grantKind)) {
      if (!grant.to.includes("#inline/")) managed.add(grant.to);
      const policy = this.#policy(grant);
      if (policy === null) missing.add(grant.to);
      else known.set(grant.to, { ref: grant.to, policy });
    }
    return { known: [...known.values()], missing: [...missing], managed: [...managed] };
  }

  trustOf(located: Located): NamedPolicy | null {
    const grant = this.grantsFrom(located, "trust")[0];
    const document = grant?.attributes["document"];
    return document === undefined || document === null ? null : { ref: located.entity.ref, policy: this.#intern(document) };
  }

  #policy(grant: Grant): CompiledPolicy | null {
    const located = this.#context.inventory.resolve(grant.sourceId, grant.to);
    if (located?.kind !== "resource") return null;
    const key = `${located.entity.sourceId}\n${located.key}`;
    const known = this.#byPolicyKey.get(key);
    if (known !== undefined) return known;
    const document = located.entity.attributes["document"];
    if (document === undefined || document === null) return null;
    const policy = this.#intern(document);
    this.#byPolicyKey.set(key, policy);
    return policy;
  }

  /** Distinct documents are compiled once, however many principals carry them. */
  #intern(document: unknown): CompiledPolicy {
    const text = JSON.stringify(document);
    const known = this.#compiled.get(text);
    if (known !== undefined) return known;
    const compiled = compilePolicy(document);
    this.#compiled.set(text, compiled);
    return compiled;
  }
}
