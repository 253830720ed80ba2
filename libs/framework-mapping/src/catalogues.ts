import { catalogue } from "./catalogue.ts";
import type { Catalogue, Control } from "./catalogue.ts";
import * as registry from "./registry.ts";

/** Those that people ask for first; the others follow by title. */
const first = ["owasp-nhi-2025", "nist-csf-2.0", "nist-sp-800-207"];
const place = (id: string): number => (first.includes(id) ? first.indexOf(id) : first.length);

export const catalogues: readonly Catalogue[] = Object.values(registry)
  .map((data) => catalogue.parse(data))
  .sort((a, b) => place(a.id) - place(b.id) || (a.title < b.title ? -1 : 1));

const byId = new Map(catalogues.map((each) => [each.id, each]));

export const catalogueById = (id: string): Catalogue | undefined => byId.get(id);

export interface ResolvedCitation {
  readonly controls: readonly Control[];
  /** `alias` = another spelling, or an id of a superseded version: show it beside the official id, it need not mean the same. */
  readonly via: "id" | "alias" | "none";
}

/** The controls that a cited id stands for. An id of CSF 1.1 may stand for several outcomes of 2.0. */
export function resolveCitation(within: Catalogue, cited: string): ResolvedCitation {
  const wanted = cited.trim().toUpperCase();
  const exact = within.controls.filter((each) => each.id.toUpperCase() === wanted);
  if (exact.length > 0) return { controls: exact, via: "id" };
  const aliased = within.controls.filter((each) => each.aliases?.some((alias) => alias.toUpperCase() === wanted));
  return { controls: aliased, via: aliased.length > 0 ? "alias" : "none" };
}

export interface RuleMapping {
  readonly catalogueId: string;
  readonly controlId: string;
  readonly label: string;
}

/** The mapping the other way round: which controls a rule speaks to. */
export function controlsOfRule(ruleId: string): readonly RuleMapping[] {
  return catalogues.flatMap((each) =>
    each.controls.filter((found) => found.rules.includes(ruleId)).map(({ id, label }) => ({ catalogueId: each.id, controlId: id, label })),
  );
}

/** Links to rules that do not exist. For whoever sees both the rules and the catalogues: this library knows no rules. */
export function danglingRules(
  ruleIds: readonly string[],
): readonly { readonly catalogueId: string; readonly controlId: string; readonly ruleId: string }[] {
  const known = new Set(ruleIds);
  return catalogues.flatMap((each) =>
    each.controls.flatMap((control) =>
      control.rules.filter((ruleId) => !known.has(ruleId)).map((ruleId) => ({ catalogueId: each.id, controlId: control.id, ruleId })),
    ),
  );
}
