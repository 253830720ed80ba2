/** Kleene truth: `maybe` when it depends on something that is not known. */
export type Truth = "yes" | "no" | "maybe";

export const not = (truth: Truth): Truth => (truth === "yes" ? "no" : truth === "no" ? "yes" : "maybe");
export const both = (a: Truth, b: Truth): Truth => (a === "no" || b === "no" ? "no" : a === "yes" && b === "yes" ? "yes" : "maybe");
export const either = (a: Truth, b: Truth): Truth => (a === "yes" || b === "yes" ? "yes" : a === "no" && b === "no" ? "no" : "maybe");

/** Condition keys that are known, by lower-case name. No values = known to be absent from the request. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** What conditions and policy variables are judged by. */
export interface RequestFacts {
  readonly context: RequestContext;
  /** Keys that follow from the principal; the context comes first. */
  readonly principal: RequestContext;
  /** A key in neither map is absent, rather than unknown. */
  readonly complete: boolean;
}

export const noContext: RequestContext = new Map();
const absent: readonly string[] = [];

/** Undefined = unknown; no values = absent. */
export const valuesOf = (facts: RequestFacts, lowerKey: string): readonly string[] | undefined =>
  facts.context.get(lowerKey) ?? facts.principal.get(lowerKey) ?? (facts.complete || isUntagged(facts, lowerKey) ? absent : undefined);

/** Where all tags are known, a map has the bare prefix of their keys. */
function isUntagged({ context, principal }: RequestFacts, lowerKey: string): boolean {
  const at = lowerKey.indexOf("tag/");
  if (at === -1) return false;
  const prefix = lowerKey.slice(0, at + "tag/".length);
  return context.has(prefix) || principal.has(prefix);
}
