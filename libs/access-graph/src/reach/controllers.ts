import { notControl } from "./compact-graph.ts";
import type { Components } from "./components.ts";
import type { Bound } from "./graph-index.ts";
import type { IncrementalGraph } from "./incremental-graph.ts";

/** Components with so many edges that arrive are worth a look at what `above` would save. */
const manyEdges = 8;
/** Sets of fewer are found as quickly as they are kept. */
const fewestKept = 24;
const maxKeptBytes = 64 * 1024 * 1024;

/** Who controls a component, next to it and however far away. What many searches would find again is kept until control changes. */
export class Controllers {
  readonly #graph: IncrementalGraph;
  readonly #components: Components;
  readonly #skip: number;
  /** By component of several nodes: those next to it. */
  readonly #next = new Map<number, Int32Array>();
  /** By component: everyone above it, ascending; null when they are few. */
  readonly #above = new Map<number, Int32Array | null>();
  #keptBytes = 0;
  /** By component: the last search for `above` that came by. */
  readonly #seen: Int32Array;
  #search = 0;

  constructor(graph: IncrementalGraph, components: Components, bound: Bound) {
    this.#graph = graph;
    this.#components = components;
    this.#skip = notControl[bound];
    this.#seen = new Int32Array(components.count);
  }

  /** Calls with every component that has a control edge to this one; with some more than once. */
  each(component: number, visit: (component: number) => void): void {
    const { members, starts } = this.#components;
    const first = starts[component]!;
    if (starts[component + 1]! - first === 1) {
      this.#eachOfNode(members[first]!, visit);
      return;
    }
    for (const controller of this.#nextOf(component)) visit(controller);
  }

  /** All components that control this one, however far away, ascending; null when they are few, or there is no room to keep them. */
  above(component: number): Int32Array | null {
    const known = this.#above.get(component);
    if (known !== undefined) return known;
    const { members, starts } = this.#components;
    const first = starts[component]!;
    if (starts[component + 1]! - first === 1 && this.#graph.countTo(members[first]!) < manyEdges) return null;
    const found = this.#keptBytes > maxKeptBytes ? [] : this.#findAbove(component);
    const kept = found.length < fewestKept ? null : Int32Array.from(found).sort();
    this.#keptBytes += kept?.byteLength ?? 0;
    this.#above.set(component, kept);
    return kept;
  }

  /** A control edge to this component has come or gone. */
  changed(component: number): void {
    this.#next.delete(component);
    this.#above.clear();
    this.#keptBytes = 0;
  }

  #findAbove(component: number): number[] {
    const search = ++this.#search;
    const found: number[] = [];
    this.#seen[component] = search;
    const find = (next: number): void => {
      if (this.#seen[next] === search) return;
      this.#seen[next] = search;
      found.push(next);
    };
    this.each(component, find);
    for (let at = 0; at < found.length; at++) this.each(found[at]!, find);
    return found;
  }

  #nextOf(component: number): Int32Array {
    const known = this.#next.get(component);
    if (known !== undefined) return known;
    const { members, starts } = this.#components;
    const found = new Set<number>();
    for (let m = starts[component]!; m < starts[component + 1]!; m++) this.#eachOfNode(members[m]!, (controller) => found.add(controller));
    found.delete(component);
    const next = Int32Array.from(found);
    this.#next.set(component, next);
    return next;
  }

  #eachOfNode(node: number, visit: (component: number) => void): void {
    const { of } = this.#components;
    this.#graph.eachTo(node, (source, tag) => {
      if ((tag & this.#skip) === 0) visit(of[source]!);
    });
  }
}
