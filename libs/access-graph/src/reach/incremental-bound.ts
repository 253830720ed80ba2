import { conditionalTag, pointsMask } from "./compact-graph.ts";
import { controlComponents } from "./components.ts";
import type { Components } from "./components.ts";
import { condense } from "./condensation.ts";
import type { Bound } from "./graph-index.ts";
import type { CompactEdge, IncrementalGraph } from "./incremental-graph.ts";
import { levelOf } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import { SharedSets } from "./shared-sets.ts";

const unlimited = { maxExtras: 256, maxBytes: Infinity, maxWork: Infinity };

/** The reach sets of one bound, kept so that a change of edges touches only the sets that it changes. */
export class IncrementalBound {
  readonly components: Components;
  readonly sets: SharedSets;
  readonly #graph: IncrementalGraph;
  readonly #items: ReachItems;
  readonly #bound: Bound;
  readonly #readers: Int32Array;
  readonly #firstBytes: number;

  constructor(graph: IncrementalGraph, items: ReachItems, bound: Bound) {
    this.#graph = graph;
    this.#items = items;
    this.#bound = bound;
    this.components = controlComponents(graph.base, bound);
    const condensed = condense(graph.base, this.components, { bound, items });
    this.#readers = condensed.fanIn;
    this.sets = new SharedSets(items, unlimited);
    this.sets.add(condensed);
    this.#firstBytes = this.sets.bytes;
  }

  /** Sets that are no longer used have come to outweigh those that are. */
  get isWorn(): boolean {
    return this.sets.bytes > 2 * this.#firstBytes + 64 * 1024 * 1024;
  }

  /** Can the components stay as they are when this edge comes or goes? */
  keepsOrder({ from, to, tag }: CompactEdge, added: boolean): boolean {
    if ((tag & pointsMask) !== 0 || (this.#bound === "min" && (tag & conditionalTag) !== 0)) return true;
    const [above, below] = [this.components.of[from]!, this.components.of[to]!];
    return added ? above >= below : above !== below;
  }

  /**
   * Computes the sets of the changed nodes again and then, from below, those of whoever controls a set that changed.
   * All edges must have come, or all gone. Stops after `budget` sets: null. Else the components whose set changed.
   */
  update(edges: readonly CompactEdge[], adding: boolean, budget: number): number[] | null {
    const { of } = this.components;
    const waiting = new Heap();
    const rewritten = new Set(edges.map(({ from }) => of[from]!));
    for (const c of rewritten) {
      this.#rewrite(c);
      waiting.add(c);
    }
    const items = this.#itemsOf(edges);
    const result: number[] = [];
    let done = 0;
    for (let c = waiting.take(); c !== undefined; c = waiting.take()) {
      // What came is already there, or what went is still there by its own edges: nothing above it changes either.
      if (items !== null && !rewritten.has(c) && this.sets.surelyHolds(c, items, adding ? "set" : "row")) continue;
      if (++done > budget) return null;
      if (!this.sets.recompute(c, this.#readers[c]!)) continue;
      result.push(c);
      for (const member of this.membersOf(c))
        for (const source of this.#graph.controllers(member)) if (of[source] !== c) waiting.add(of[source]!);
    }
    return result;
  }

  /** The items that access edges give; null when control is among them. */
  #itemsOf(edges: readonly CompactEdge[]): number[] | null {
    const { firstItem, itemsAt } = this.#items;
    const items: number[] = [];
    for (const { to, tag } of edges) {
      if ((tag & pointsMask) === 0) return null;
      const count = firstItem[to]! < 0 ? 0 : itemsAt[to * 3 + levelOf(tag & pointsMask)]!;
      for (let k = 0; k < count; k++) items.push(firstItem[to]! + k);
    }
    return items;
  }

  membersOf(c: number): Int32Array {
    const { members, starts } = this.components;
    return members.subarray(starts[c], starts[c + 1]);
  }

  #rewrite(c: number): void {
    const { of } = this.components;
    const { firstItem, itemsAt, identityItem } = this.#items;
    const [successors, items] = [new Set<number>(), new Set<number>()];
    const takeItems = (node: number, level: number): void => {
      for (let item = firstItem[node]!, last = item + itemsAt[node * 3 + level]!; item >= 0 && item < last; item++) items.add(item);
    };
    for (const member of this.membersOf(c)) {
      if (identityItem[member]! >= 0) items.add(identityItem[member]!);
      takeItems(member, 2);
      this.#graph.each(member, (target, tag) => {
        if (this.#bound === "min" && (tag & conditionalTag) !== 0) return;
        if ((tag & pointsMask) !== 0) takeItems(target, levelOf(tag & pointsMask));
        else if (of[target] !== c) successors.add(of[target]!);
      });
    }
    this.sets.replaceRow(c, [...successors], [...items]);
  }
}

/** Smallest number first, each once. */
class Heap {
  readonly #values: number[] = [];
  readonly #known = new Set<number>();

  add(value: number): void {
    if (this.#known.has(value)) return;
    this.#known.add(value);
    const values = this.#values;
    let at = values.push(value) - 1;
    for (let up = (at - 1) >> 1; at > 0 && values[up]! > value; at = up, up = (at - 1) >> 1) values[at] = values[up]!;
    values[at] = value;
  }

  take(): number | undefined {
    const values = this.#values;
    const first = values[0];
    const last = values.pop();
    if (first === undefined || last === undefined || values.length === 0) return first;
    let at = 0;
    for (let down = 1; down < values.length; down = 2 * at + 1) {
      if (down + 1 < values.length && values[down + 1]! < values[down]!) down++;
      if (values[down]! >= last) break;
      values[at] = values[down]!;
      at = down;
    }
    values[at] = last;
    return first;
  }
}
