import { conditionalTag, pointsMask } from "./compact-graph.ts";
import type { Components } from "./components.ts";
import type { Controllers } from "./controllers.ts";
import type { Bound } from "./graph-index.ts";
import { Heap } from "./heap.ts";
import type { CompactEdge, IncrementalGraph } from "./incremental-graph.ts";
import { levelOf } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import type { SharedSets } from "./shared-sets.ts";

/** What an access edge is worth: the components whose sets have an item due to it alone, each with that item. */
export interface LeafChange {
  readonly components: readonly number[];
  readonly items: readonly number[];
  /** Items that the component which the edge leaves has in its own row due to it alone. */
  readonly ofRow: readonly number[];
}

export interface LeafSubject {
  readonly graph: IncrementalGraph;
  readonly items: ReachItems;
  readonly components: Components;
  readonly sets: SharedSets;
  readonly controllers: Controllers;
  readonly bound: Bound;
}

/** It takes longer to ask so many successors than to search from the asset. */
export const largeRow = 32;

const nothing: LeafChange = { components: [], items: [], ofRow: [] };

/** All values of a search fit beside its number: 0 to 3 items. */
const perSearch = 4;

/**
 * Access ends where it arrives, so an access edge changes one asset's items in the sets of those above it and nothing else.
 * They are found from the edge upwards, stopping at whoever has the item anyway: its set says so when the edge is to come,
 * and when the edge is gone the sets below it do, or a search from the asset against the direction of the edges.
 */
export class LeafChanges {
  readonly #subject: LeafSubject;
  /** By component: the number of the search that came from the asset, times `perSearch`, plus how many of its items it reaches. */
  readonly #held: Int32Array;
  /** Everyone above the holders at which that search stopped: marked nowhere else. Most items first. */
  readonly #wide: { readonly above: Int32Array; readonly items: number }[] = [];
  #searched = false;
  /** By component, likewise: how many items it has in its own row. */
  readonly #direct: Int32Array;
  #edge = 0;
  /** By component: the last climb that came by. */
  readonly #seen: Int32Array;
  #climb = 0;

  constructor(subject: LeafSubject) {
    this.#subject = subject;
    const { count } = subject.components;
    this.#held = new Int32Array(count);
    this.#direct = new Int32Array(count);
    this.#seen = new Int32Array(count);
  }

  /** To be asked while the graph does not have the edge, before it is added or after it was removed, and the sets are as before. */
  of({ from, to, tag }: CompactEdge, adding: boolean): LeafChange {
    const { items, components, bound } = this.#subject;
    const first = items.firstItem[to]!;
    if (first < 0 || (bound === "min" && (tag & conditionalTag) !== 0)) return nothing;
    const start = components.of[from]!;
    const holders = this.#directHolders(to);
    this.#searched = false;
    const change: { components: number[]; items: number[]; ofRow: number[] } = { components: [], items: [], ofRow: [] };
    const given = items.itemsAt[to * 3 + levelOf(tag & pointsMask)]!;
    for (let level = Math.max(0, this.#direct[start]! - this.#edge * perSearch); level < given; level++) {
      const found = adding ? this.#gaining(start, first + level) : this.#losing(start, { item: first + level, level, holders });
      for (const component of found) {
        change.components.push(component);
        change.items.push(first + level);
      }
      change.ofRow.push(first + level);
    }
    return change;
  }

  /** Everyone from `start` upwards who lacks the item. */
  #gaining(start: number, item: number): number[] {
    const { sets, controllers } = this.#subject;
    const climb = ++this.#climb;
    const found: number[] = [];
    const find = (component: number): void => {
      if (this.#seen[component] === climb) return;
      this.#seen[component] = climb;
      if (!sets.holds(component, item)) found.push(component);
    };
    find(start);
    for (let next = 0; next < found.length; next++) controllers.each(found[next]!, find);
    return found;
  }

  /** Everyone from `start` upwards who has the item neither directly nor through a successor that keeps it. */
  #losing(start: number, { item, level, holders }: { item: number; level: number; holders: readonly number[][] }): number[] {
    const { sets, controllers } = this.#subject;
    const climb = ++this.#climb;
    const found: number[] = [];
    const isLost = (component: number): boolean => this.#seen[component] === climb;
    const waiting = new Heap();
    const add = (component: number): void => waiting.add(component);
    waiting.add(start);
    // From below: who stays is decided before whoever controls it.
    for (let c = waiting.take(); c !== undefined; c = waiting.take()) {
      if (isLost(c) || this.#direct[c]! - this.#edge * perSearch > level) continue;
      if (sets.successorCount(c) > largeRow ? this.#heldBy(c, holders) > level : sets.successorHolds(c, item, isLost)) continue;
      this.#seen[c] = climb;
      found.push(c);
      controllers.each(c, add);
    }
    return found;
  }

  /** Components by how many of the asset's items they have in their own rows; whoever controls the asset is not among them, but above. */
  #directHolders(asset: number): number[][] {
    const {
      graph,
      bound,
      components: { of },
      items: { itemsAt },
    } = this.#subject;
    const base = ++this.#edge * perSearch;
    const holders: number[][] = [[], [], [], []];
    const find = (component: number, items: number): void => {
      if (this.#direct[component]! >= base + items) return;
      this.#direct[component] = base + items;
      holders[items]!.push(component);
    };
    find(of[asset]!, itemsAt[asset * 3 + 2]!);
    graph.eachTo(asset, (source, tag) => {
      if ((tag & pointsMask) === 0 || (bound === "min" && (tag & conditionalTag) !== 0)) return;
      find(of[source]!, itemsAt[asset * 3 + levelOf(tag & pointsMask)]!);
    });
    return holders;
  }

  /** How many of the asset's items the component reaches: by one search from the asset for all that are asked about. */
  #heldBy(component: number, holders: readonly number[][]): number {
    if (!this.#searched) {
      this.#searched = true;
      this.#wide.length = 0;
      for (let items = 3; items > 0; items--) this.#spread(holders[items]!, items);
    }
    let held = Math.max(0, this.#held[component]! - this.#edge * perSearch);
    for (const { above, items } of this.#wide) if (items > held && includes(above, component)) held = items;
    return held;
  }

  /** Marks everyone above the holders who was not found with more. */
  #spread(holders: readonly number[], items: number): void {
    const { controllers } = this.#subject;
    const base = this.#edge * perSearch;
    const found: number[] = [];
    const find = (component: number): void => {
      if (this.#held[component]! >= base) return;
      this.#held[component] = base + items;
      const above = controllers.above(component);
      if (above === null) found.push(component);
      else this.#wide.push({ above, items });
    };
    for (const holder of holders) find(holder);
    for (let next = 0; next < found.length; next++) controllers.each(found[next]!, find);
  }
}

function includes(sorted: Int32Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
