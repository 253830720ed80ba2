import { conditionalTag, pointsMask } from "./compact-graph.ts";
import { controlComponents } from "./components.ts";
import type { Components } from "./components.ts";
import { condense } from "./condensation.ts";
import { Controllers } from "./controllers.ts";
import type { Bound } from "./graph-index.ts";
import { Heap } from "./heap.ts";
import type { CompactEdge, IncrementalGraph } from "./incremental-graph.ts";
import { largeRow, LeafChanges } from "./leaf-changes.ts";
import { levelOf } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import { SharedSets } from "./shared-sets.ts";

const unlimited = { maxExtras: 256, maxBytes: Infinity, maxWork: Infinity, maxUnwritten: largeRow };

/** Above this part of all components, or of the work of all, a full pass is as quick. */
const largestShare = 0.01;
const fewestSets = 64;
const largestWork = 0.1;
const fewestSteps = 10_000;

/** The reach sets of one bound, kept so that a change of edges touches only the sets that it changes. */
export class IncrementalBound {
  readonly components: Components;
  readonly sets: SharedSets;
  readonly #graph: IncrementalGraph;
  readonly #items: ReachItems;
  readonly #bound: Bound;
  readonly #readers: Int32Array;
  readonly #controllers: Controllers;
  readonly #leafChanges: LeafChanges;
  readonly #firstBytes: number;
  readonly #firstWork: number;

  constructor(graph: IncrementalGraph, items: ReachItems, bound: Bound) {
    this.#graph = graph;
    this.#items = items;
    this.#bound = bound;
    this.components = controlComponents(graph.base, bound);
    const condensed = condense(graph.base, this.components, { bound, items });
    this.#readers = condensed.fanIn;
    this.sets = new SharedSets(items, unlimited);
    this.sets.add(condensed);
    const { components, sets } = this;
    this.#controllers = new Controllers(graph, components, bound);
    this.#leafChanges = new LeafChanges({ graph, items, components, sets, controllers: this.#controllers, bound });
    this.#firstBytes = this.sets.bytes;
    this.#firstWork = this.sets.work;
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

  /** An access edge that the graph does not have yet, or no longer. Calls with every component whose set changes. */
  changeAccess(edge: CompactEdge, adding: boolean, changed: (component: number) => void): void {
    const { components, items, ofRow } = this.#leafChanges.of(edge, adding);
    const start = this.components.of[edge.from]!;
    for (let at = 0; at < components.length; at++) {
      this.sets.change(components[at]!, items[at]!, adding);
      changed(components[at]!);
    }
    for (const item of ofRow) this.sets.changeRow(start, item, adding);
  }

  /**
   * Computes the sets of the changed nodes again and then, from below, those of whoever controls a set that changed.
   * All edges must have come, or all gone. Null when that is getting too much, compared with computing everything.
   * Else the components whose set changed.
   */
  update(edges: readonly CompactEdge[]): number[] | null {
    const { of, count } = this.components;
    const maxSets = Math.max(fewestSets, Math.ceil(count * largestShare));
    const maxWork = this.sets.work + Math.max(fewestSteps, this.#firstWork * largestWork);
    const waiting = new Heap();
    for (const { to } of edges) this.#controllers.changed(of[to]!);
    for (const c of new Set(edges.map(({ from }) => of[from]!))) {
      this.#rewrite(c);
      waiting.add(c);
    }
    const result: number[] = [];
    let done = 0;
    for (let c = waiting.take(); c !== undefined; c = waiting.take()) {
      if (++done > maxSets || this.sets.work > maxWork) return null;
      if (!this.sets.recompute(c, this.#readers[c]!)) continue;
      result.push(c);
      this.#controllers.each(c, (controller) => {
        if (controller !== c) waiting.add(controller);
      });
    }
    return result;
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
