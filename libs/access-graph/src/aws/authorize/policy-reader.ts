import type { Grant } from "@rollcall/nhi-model";
import type { BuildContext } from "../../edge-builder.ts";
import type { Located } from "../../inventory.ts";
import { compilePolicy, fullAccess } from "../policy.ts";
import type { CompiledPolicy } from "../policy.ts";
import type { NamedPolicy } from "./layer.ts";
import { missingEnd } from "../../gap-words.ts";

export interface ReadPolicies {
  readonly known: readonly NamedPolicy[];
  readonly missing: readonly string[];
  /** Refs of managed policies, with or without a document. */
  readonly managed: readonly string[];
}

/** Reads the policy documents that the grants of the dialect point to. */
export class PolicyReader {
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
          detail: missingEnd(grant, grant.from),
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
    return this.readGrants(this.grantsFrom(located, grantKind));
  }

  readGrants(grants: readonly Grant[]): ReadPolicies {
    const known = new Map<string, NamedPolicy>();
    const missing = new Set<string>();
    const managed = new Set<string>();
    for (const grant of grants) {
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
    // AWS keeps this policy itself, so listings seldom bring its document along.
    if (grant.to.endsWith("/p-FullAWSAccess") || grant.to.endsWith("/p-RCPFullAWSAccess")) return fullAccess;
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

  /** The document a grant or a resource carries itself. */
  carried(ref: string, document: unknown): NamedPolicy {
    return { ref, policy: this.#intern(typeof document === "string" ? parsed(document) : document) };
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
