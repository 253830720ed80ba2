import type { Grant } from "@rollcall/nhi-model";
import type { BuildContext } from "../../edge-builder.ts";
import type { Located } from "../../inventory.ts";
import { CompiledDocuments } from "../compiled-documents.ts";
import { fullAccess } from "../policy.ts";
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
  /** By kind, then by node key of the holder. */
  readonly #grants = new Map<string, Map<string, Grant[]>>();
  readonly #documents: CompiledDocuments;
  readonly #ofGroups = new Map<string, ReadPolicies>();

  constructor(context: BuildContext) {
    this.#context = context;
    this.#documents = CompiledDocuments.of(context.inventory);
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
      let ofKind = this.#grants.get(grant.grantKind);
      if (ofKind === undefined) this.#grants.set(grant.grantKind, (ofKind = new Map<string, Grant[]>()));
      const list = ofKind.get(from.key);
      if (list === undefined) ofKind.set(from.key, [grant]);
      else list.push(grant);
    }
  }

  grantsFrom(located: Located, grantKind: string): readonly Grant[] {
    return this.#grants.get(grantKind)?.get(located.key) ?? noGrants;
  }

  attachedTo(located: Located): ReadPolicies {
    if (located.kind !== "resource") return this.read(located, "attached_policy");
    // A group is asked about by each of its members.
    let known = this.#ofGroups.get(located.key);
    if (known === undefined) this.#ofGroups.set(located.key, (known = this.read(located, "attached_policy")));
    return known;
  }

  read(located: Located, grantKind: string): ReadPolicies {
    return this.readGrants(this.grantsFrom(located, grantKind));
  }

  readGrants(grants: readonly Grant[]): ReadPolicies {
    if (grants.length === 0) return nothingRead;
    if (grants.length === 1) return this.#readOne(grants[0]!);
    const known = new Map<string, NamedPolicy>();
    const missing = new Set<string>();
    const managed = new Set<string>();
    for (const grant of grants) {
      if (isManaged(grant.to)) managed.add(grant.to);
      const policy = this.#policy(grant);
      if (policy === null) missing.add(grant.to);
      else known.set(grant.to, { ref: grant.to, policy });
    }
    return { known: [...known.values()], missing: [...missing], managed: [...managed] };
  }

  #readOne(grant: Grant): ReadPolicies {
    const policy = this.#policy(grant);
    return {
      known: policy === null ? [] : [{ ref: grant.to, policy }],
      missing: policy === null ? [grant.to] : [],
      managed: isManaged(grant.to) ? [grant.to] : [],
    };
  }

  trustOf(located: Located): NamedPolicy | null {
    const grant = this.grantsFrom(located, "trust")[0];
    const document = grant?.attributes["document"];
    return document === undefined || document === null ? null : { ref: located.entity.ref, policy: this.#documents.compiled(document) };
  }

  #policy(grant: Grant): CompiledPolicy | null {
    // AWS keeps this policy itself, so listings seldom bring its document along.
    if (grant.to.endsWith("/p-FullAWSAccess") || grant.to.endsWith("/p-RCPFullAWSAccess")) return fullAccess;
    const located = this.#context.inventory.resolve(grant.sourceId, grant.to);
    if (located?.kind !== "resource") return null;
    const document = located.entity.attributes["document"];
    return document === undefined || document === null ? null : this.#documents.compiled(document);
  }

  /** The document a grant or a resource carries itself. */
  carried(ref: string, document: unknown): NamedPolicy {
    return { ref, policy: this.#documents.compiled(typeof document === "string" ? parsed(document) : document) };
  }
}

const noGrants: readonly Grant[] = [];
const nothingRead: ReadPolicies = { known: [], missing: [], managed: [] };
const isManaged = (ref: string): boolean => !ref.includes("#inline/");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
