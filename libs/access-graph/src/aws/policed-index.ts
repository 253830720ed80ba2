import { lowerAction } from "./action-name.ts";
import { parseArn } from "./arn.ts";
import { ArnIndex } from "./arn-index.ts";
import type { PolicySet } from "./evaluate.ts";
import { coversPrefix, globMatches, hasWildcard, literalPrefix } from "./glob.ts";
import type { CompiledStatement } from "./policy.ts";
import type { Policed } from "./resource-policy-edges.ts";
import { roleKeyOf, sessionOf } from "./session-arn.ts";
import { expandVariables } from "./variables.ts";
import type { AwsPrincipal } from "./world.ts";

/** How resources of one kind are asked for. */
export interface PolicedKind<T> {
  readonly actions: readonly string[];
  /** The resource that something with this ARN is, or lies in; null when it is of another kind. */
  readonly resourceOf: (arn: string) => string | null;
  /** No permission is enough where the policy of the resource does not name the account too, as with keys. */
  readonly isGuarded?: boolean;
  /** Of which the account's own permissions are told elsewhere, so that only its policy matters. */
  readonly isOnlyByPolicy?: (thing: T) => boolean;
  /** Whether a pattern leaves the name open: it means all resources of an account and region, or none. */
  readonly namesAll?: (pattern: string) => boolean;
}

/**
 * Resources with policies of their own, by whom they may concern: inside one account whom the policy names by itself, and whoever has a
 * permission that speaks of the resource; across accounts only who has both. Asking each principal about each resource would be
 * quadratic, and nearly every answer no.
 */
export class PolicedIndex<T extends Policed> {
  readonly #kind: PolicedKind<T>;
  readonly #actions: readonly string[];
  readonly #byOwner = new Map<string, ArnIndex<T>>();
  /** Named for everyone, or by a policy that is not known: by owner, and for who comes from elsewhere. */
  readonly #openInside = new Map<string, T[]>();
  readonly #open = new ArnIndex<T>();
  /** Denied to all but some: by the ARN of each of those. */
  readonly #spared = new Map<string, ArnIndex<T>>();
  /** By the ARN of a principal (of a role, by one key for its sessions too), and by the account that is named. */
  readonly #byPrincipal = new Map<string, ArnIndex<T>>();
  readonly #byAccount = new Map<string, ArnIndex<T>>();

  constructor(kind: PolicedKind<T>, things: readonly T[]) {
    this.#kind = kind;
    this.#actions = [...new Set(kind.actions.map(lowerAction))];
    for (const thing of things) this.#add(thing);
  }

  /** Every resource that the principal may have a right on; more than those at times, never less. `elsewhere`: as other accounts see it. */
  concerning(principal: AwsPrincipal, elsewhere: AwsPrincipal): ReadonlySet<T> {
    const found = new Set<T>(this.#openInside.get(principal.account));
    for (const index of this.#naming(principal)) for (const thing of index.all()) found.add(thing);
    return this.#addSpokenOf({ principal, elsewhere }, () => true, found);
  }

  /** Those whose policies name or spare the principal itself. */
  #naming({ arn }: AwsPrincipal): readonly ArnIndex<T>[] {
    const role = roleKeyOf(arn);
    const found = [this.#spared.get(arn), this.#byPrincipal.get(arn), role === null ? undefined : this.#byPrincipal.get(role)];
    return found.filter((index) => index !== undefined);
  }

  /** Only those whose policies name the principal, and those that a permission of its own speaks of by their names. */
  named(principal: AwsPrincipal, elsewhere: AwsPrincipal): ReadonlySet<T> {
    const { namesAll } = this.#kind;
    const found = new Set(this.#naming(principal).flatMap((index) => index.all()));
    return this.#addSpokenOf({ principal, elsewhere }, (pattern) => namesAll?.(pattern) !== true, found);
  }

  #addSpokenOf(
    { principal, elsewhere }: { readonly principal: AwsPrincipal; readonly elsewhere: AwsPrincipal },
    counts: (pattern: string) => boolean,
    to: Set<T>,
  ): ReadonlySet<T> {
    const { account } = principal;
    for (const [policies, index] of [
      [principal.policies, this.#byOwner.get(account)],
      [elsewhere.policies, this.#open],
      [elsewhere.policies, this.#byAccount.get(account)],
      ...this.#naming(principal).map((index) => [elsewhere.policies, index] as const),
    ] as const) {
      if (index === undefined || index.size === 0) continue;
      for (const pattern of this.#patternsOf(policies))
        if (counts(pattern)) for (const thing of this.#within(index, pattern)) to.add(thing);
    }
    return to;
  }

  #add(thing: T): void {
    const spared = this.#sparedBy(thing);
    if (spared !== null) for (const arn of spared) entry(this.#spared, arn, () => new ArnIndex<T>()).add(thing);
    else this.#addByAllows(thing);
  }

  #addByAllows(thing: T): void {
    const allows = thing.policy?.policy.allows ?? [];
    let isOpen = thing.isUnread || thing.policy === null;
    const { isGuarded, isOnlyByPolicy } = this.#kind;
    let isLeftToOwner = isGuarded !== true && isOnlyByPolicy?.(thing) !== true;
    for (const { principals, notPrincipals } of allows) {
      if (notPrincipals !== null) isOpen = true;
      for (const { kind, value } of principals ?? []) {
        if (kind !== "AWS") continue;
        const account = parseArn(value)?.account ?? value;
        if (value === "*" || (!value.startsWith("arn:") && !/^\d{12}$/.test(value))) isOpen = true;
        // Who is named by itself is found by its name; others of its account gain nothing by it.
        const isWhole = value === account || value.endsWith(":root") || hasWildcard(value);
        if (isGuarded === true && isWhole && account === thing.owner) isLeftToOwner = true;
        entry(this.#byPrincipal, sessionOf(value) === null ? value : roleKeyOf(value)!, () => new ArnIndex<T>()).add(thing);
        if (isWhole && account !== thing.owner) entry(this.#byAccount, account, () => new ArnIndex<T>()).add(thing);
      }
    }
    if (isOpen || isLeftToOwner) entry(this.#byOwner, thing.owner, () => new ArnIndex<T>()).add(thing);
    if (!isOpen) return;
    this.#open.add(thing);
    entry(this.#openInside, thing.owner, (): T[] => []).push(thing);
  }

  /** ARNs of the only principals whom the policy does not deny every action; null when it leaves more. */
  #sparedBy({ arn, policy, isUnread }: T): ReadonlySet<string> | null {
    if (policy === null || isUnread) return null;
    const hasInner = this.#kind.resourceOf(`${arn}/any`) === arn;
    const covers = ({ resources, notResources }: CompiledStatement): boolean =>
      notResources === null &&
      resources.some((pattern) => globMatches(pattern, arn)) &&
      (!hasInner || resources.some((pattern) => coversPrefix(pattern, `${arn}/`)));
    const spared = new Set<string>();
    for (const action of this.#actions) {
      const others = policy.policy.matching(action).denies.map((deny) => (covers(deny) ? allButThese(deny) : null));
      const [these] = others.filter((each) => each !== null);
      if (these === undefined) return null;
      for (const each of these) spared.add(each);
    }
    return spared;
  }

  /** What its permissions name, each pattern once. */
  #patternsOf({ identity, variables }: PolicySet): ReadonlySet<string> {
    const patterns = new Set<string>();
    for (const { policy } of identity)
      for (const action of this.#actions)
        for (const { notResources, resources } of policy.matching(action).allows) {
          if (notResources !== null) patterns.add("*");
          else for (const raw of resources) patterns.add(expandVariables(raw, variables));
        }
    return patterns;
  }

  /** A pattern may speak of what lies in a resource without matching the resource itself. */
  #within(index: ArnIndex<T>, pattern: string): readonly T[] {
    const literal = literalPrefix(pattern);
    const holder = this.#kind.resourceOf(literal);
    const found = holder === null ? [] : index.matching(holder);
    return hasWildcard(pattern) ? [...found, ...index.matching(`${literal}*`)] : [...found, ...index.matching(pattern)];
  }
}

/** Of a deny that meets everyone but principals named in full: their ARNs. */
function allButThese({ principals, conditions: [condition, ...others] }: CompiledStatement): readonly string[] | null {
  if (principals?.some(({ kind, value }) => kind === "AWS" && value === "*") !== true || others.length > 0) return null;
  if (condition === undefined) return [];
  const { operator, key, values } = condition;
  if (!/^(?:arn|string)not(?:equals|like)$/i.test(operator) || key.toLowerCase() !== "aws:principalarn") return null;
  return values.length === 0 || values.some((value) => hasWildcard(value) || value.includes("$")) ? null : values;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
