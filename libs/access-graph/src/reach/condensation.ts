import type { Components } from "./components.ts";
import type { Bound, GraphIndex } from "./graph-index.ts";
import type { ReachItems } from "./reach-items.ts";

/** One row per component: the components it controls next, and the items it reaches without leaving itself. */
export interface Condensation {
  readonly count: number;
  readonly successorOffsets: Int32Array;
  /** Distinct per row; always smaller than the row's own number. */
  readonly successors: Int32Array;
  readonly itemOffsets: Int32Array;
  /** Distinct per row. */
  readonly items: Int32Array;
}

/** Members of each component, grouped. */
export function membersByComponent({ count, of }: Components): { readonly offsets: Int32Array; readonly members: Int32Array } {
  const offsets = new Int32Array(count + 1);
  for (const component of of) offsets[component + 1]!++;
  for (let c = 0; c < count; c++) offsets[c + 1]! += offsets[c]!;
  const members = new Int32Array(of.length);
  const next = offsets.slice(0, count);
  for (let node = 0; node < of.length; node++) members[next[of[node]!]!++] = node;
  return { offsets, members };
}

export function condense(
  index: GraphIndex,
  components: Components,
  options: { readonly bound: Bound; readonly items: ReachItems },
): Condensation {
  const {
    to,
    conditional,
    accessLevel,
    outgoing: { offsets, edgeIds },
  } = index;
  const { bound, items } = options;
  const { offsets: memberOffsets, members } = membersByComponent(components);
  const successorStamp = new Int32Array(components.count).fill(-1);
  const itemStamp = new Int32Array(items.count).fill(-1);
  const successors = new GrowingInts();
  const own = new GrowingInts();
  const successorOffsets = new Int32Array(components.count + 1);
  const itemOffsets = new Int32Array(components.count + 1);
  for (let c = 0; c < components.count; c++) {
    const takeItem = (item: number): void => {
      if (itemStamp[item] === c) return;
      itemStamp[item] = c;
      own.push(item);
    };
    for (let m = memberOffsets[c]!; m < memberOffsets[c + 1]!; m++) {
      const node = members[m]!;
      items.whenControlled(node, takeItem);
      for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
        const edge = edgeIds[e]!;
        if (bound === "min" && conditional[edge] !== 0) continue;
        const target = to[edge]!;
        if (accessLevel[edge] !== 0) {
          items.whenAccessed(target, accessLevel[edge]!, takeItem);
          continue;
        }
        const next = components.of[target]!;
        if (next === c || successorStamp[next] === c) continue;
        successorStamp[next] = c;
        successors.push(next);
      }
    }
    successorOffsets[c + 1] = successors.length;
    itemOffsets[c + 1] = own.length;
  }
  return { count: components.count, successorOffsets, successors: successors.toArray(), itemOffsets, items: own.toArray() };
}

class GrowingInts {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  toArray(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}
