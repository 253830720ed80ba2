import { byText } from "./order.ts";
import type { Alternative, Ground, Way } from "./types.ts";

/** Stands for an open condition: always there, never certain. */
export const openGround: Ground = "?";

/** A need that holds under a condition which nothing here decides. */
export const openNeed: readonly Alternative[] = [[openGround]];

export const grantGround = (grant: { readonly id: string }): Ground => `grant:${grant.id}`;
export const shieldGround = (grant: { readonly id: string }): Ground => `shield:${grant.id}`;
export const statementGround = (policyRef: string, statementId: string): Ground => `statement:${policyRef}#${statementId}`;
export const credentialGround = (key: string): Ground => `credential:${key}`;

/** The one way of an edge that rests on a single grant (or any other single ground). */
export const restsOn = (ground: Ground, conditional = false): readonly Way[] => [[[conditional ? [openGround, ground] : [ground]]]];

/** Every combination of one way of each: all must hold. */
export function allWays(...parts: readonly (readonly Way[])[]): readonly Way[] {
  let product: readonly Way[] = nothingNeeded;
  for (const ways of parts) {
    // Handed on as they are: what is shared stays shared.
    if (needsNothing(ways)) continue;
    if (needsNothing(product)) product = ways;
    else if (product.length === 1) product = ways.map((right): Way => product[0]!.concat(right));
    else product = product.flatMap((left) => ways.map((right): Way => left.concat(right)));
  }
  return product;
}

const nothingNeeded: readonly Way[] = [[]];
const needsNothing = (ways: readonly Way[]): boolean => ways.length === 1 && ways[0]!.length === 0;

export type EdgeState = "gone" | "conditional" | "certain";

/** What is left of an edge when `isDead` grounds are taken away. */
export function stateWithout(
  edge: { readonly conditional: boolean; readonly why: { readonly ways?: readonly Way[] } },
  isDead: (ground: Ground) => boolean,
): EdgeState {
  const { ways } = edge.why;
  if (ways === undefined) return edge.conditional ? "conditional" : "certain";
  let best: EdgeState = "gone";
  for (const way of ways) {
    const state = wayWithout(way, isDead);
    if (state === "certain") return "certain";
    if (state === "conditional") best = "conditional";
  }
  return best;
}

function wayWithout(way: Way, isDead: (ground: Ground) => boolean): EdgeState {
  let state: EdgeState = "certain";
  for (const need of way) {
    let found: EdgeState = "gone";
    for (const alternative of need) {
      if (alternative.some(isDead)) continue;
      found = alternative.includes(openGround) ? "conditional" : "certain";
      if (found === "certain") break;
    }
    if (found === "gone") return "gone";
    if (found === "conditional") state = "conditional";
  }
  return state;
}

/** The same ways without what others already say, in one order; undefined when the edge rests on nothing removable. */
export function simplest(ways: readonly Way[], conditional: boolean): readonly Way[] | undefined {
  const [first] = ways;
  // Nearly every edge rests on one alternative; sorting and comparing would change nothing.
  if (ways.length === 1 && first!.length === 1 && first![0]!.length === 1) return first![0]![0]!.length === 0 ? undefined : ways;
  const simple = inOrder(withoutRepeats(ways, simplestWay, isSameWay));
  const kept =
    simple.length < 2
      ? simple
      : simple.filter(
          (way, at) => !simple.some((other, index) => index !== at && implies(way, other) && (!implies(other, way) || index < at)),
        );
  const restsOnNothing = kept.some((way) => way.length === 0) || (conditional && kept.some(isOpen));
  return restsOnNothing ? undefined : kept;
}

/** Only a condition, nothing removable. */
const isOpen = (way: Way): boolean => way.every((need) => need.some((alternative) => alternative.every((ground) => ground === openGround)));

function simplestWay(way: Way): Way {
  const needs = inOrder(
    withoutRepeats(way, simplestNeed, isSameNeed).filter((need) => !need.some((alternative) => alternative.length === 0)),
  );
  if (needs.length < 2) return needs;
  return needs.filter(
    (need, at) => !needs.some((other, index) => index !== at && needImplies(other, need) && (!needImplies(need, other) || index < at)),
  );
}

/** Most of what repeats is word for word the same: leaving that out first leaves hardly anything to put in order. */
function withoutRepeats<T>(values: readonly T[], simplify: (value: T) => T, isSame: (a: T, b: T) => boolean): readonly T[] {
  if (values.length === 1) return [simplify(values[0]!)];
  const different: T[] = [];
  for (const value of values) {
    const simple = simplify(value);
    if (!different.some((known) => isSame(known, simple))) different.push(simple);
  }
  return different;
}

const sameItems =
  <T>(isSame: (a: T, b: T) => boolean) =>
  (a: readonly T[], b: readonly T[]): boolean =>
    a === b || (a.length === b.length && a.every((item, index) => isSame(item, b[index]!)));
const isSameNeed = sameItems(sameItems<Ground>((a, b) => a === b));
const isSameWay = sameItems(isSameNeed);

function simplestNeed(need: readonly Alternative[]): readonly Alternative[] {
  if (need.length <= 1) return need;
  const sorted = inOrder(need.map((alternative) => [...new Set(alternative)].sort(byText)));
  return sorted.filter(
    (alternative, at) =>
      !sorted.some((other, index) => index !== at && isWithin(other, alternative) && (!isWithin(alternative, other) || index < at)),
  );
}

const isWithin = (small: Alternative, large: Alternative): boolean => small.every((ground) => large.includes(ground));
/** Whatever keeps `a` keeps `b`. */
const needImplies = (a: readonly Alternative[], b: readonly Alternative[]): boolean =>
  a.every((each) => b.some((other) => isWithin(other, each)));
const implies = (a: Way, b: Way): boolean => b.every((need) => a.some((each) => needImplies(each, need)));
/** Every way in which `a` holds is one in which `b` holds as surely. */
export const waysImply = (a: readonly Way[], b: readonly Way[]): boolean => a.every((way) => b.some((other) => implies(way, other)));

type Nested = string | readonly Nested[];

/** Any fixed order will do; by length and text it reads well. */
function inOrder<T extends Nested>(values: readonly T[]): readonly T[] {
  if (values.length < 2) return values;
  const measured = values.map((value) => ({ value, length: textLength(value) }));
  return measured.sort((a, b) => a.length - b.length || byText(JSON.stringify(a.value), JSON.stringify(b.value))).map(({ value }) => value);
}

/** Length of the JSON text, which need not be written for that. */
function textLength(value: Nested): number {
  if (typeof value === "string") return needsEscape.test(value) ? JSON.stringify(value).length : value.length + 2;
  let length = Math.max(2, value.length + 1);
  for (const item of value) length += textLength(item);
  return length;
}

const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;
