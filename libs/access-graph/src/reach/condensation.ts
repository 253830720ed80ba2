import { conditionalTag, notControl, pointsMask } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import type { Components } from "./components.ts";
import type { Bound } from "./graph-index.ts";
import { levelOf } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";

/** One row per component from `first` on: the components it controls next, and the items it reaches without leaving itself. */
export interface Condensation {
  readonly first: number;
  /** One more than the last component's number. */
  readonly count: number;
  readonly successorOffsets: Int32Array;
  /** Distinct per row; always smaller than the row's own number. */
  readonly successors: Int32Array;
  readonly itemOffsets: Int32Array;
  /** Distinct per row. */
  readonly items: Int32Array;
  /** By row: 1 when a conditional edge leaves the component or one that it reaches in the graph of this bound. */
  readonly reachesCondition: Uint8Array;
}

/** Members of the components from `first` on, grouped. */
export function membersByComponent({ count, of, first }: Components): { readonly offsets: Int32Array; readonly members: Int32Array } {
  const offsets = new Int32Array(count - first + 1);
  for (let node = 0; node < of.length; node++) if (of[node]! >= first) offsets[of[node]! - first + 1]!++;
  for (let row = 0; row < count - first; row++) offsets[row + 1]! += offsets[row]!;
  const members = new Int32Array(offsets[count - first]!);
  const next = offsets.slice(0, count - first);
  for (let node = 0; node < of.length; node++) if (of[node]! >= first) members[next[of[node]! - first]!++] = node;
  return { offsets, members };
}

export function condense(
  graph: CompactGraph,
  components: Components,
  { bound, items }: { readonly bound: Bound; readonly items: ReachItems },
): Condensation {
  const { offsets, targets, tags } = graph;
  const { of, count, first } = components;
  const { firstItem, itemsAt, identityItem } = items;
  const { offsets: memberOffsets, members } = membersByComponent(components);
  const skipConditional = bound === "min" ? conditionalTag : 0;
  const control = notControl[bound];
  const levels = Uint8Array.from({ length: 16 }, (_, points) => levelOf(points));
  const rows = count - first;
  const successorStamp = new Int32Array(count).fill(-1);
  const itemStamp = new Int32Array(items.count).fill(-1);
  const successorOffsets = new Int32Array(rows + 1);
  const itemOffsets = new Int32Array(rows + 1);
  const reachesCondition = new Uint8Array(rows);
  let [successors, own] = [new Int32Array(1024), new Int32Array(1024)];
  let [successorCount, ownCount] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const c = first + row;
    let condition = 0;
    for (let m = memberOffsets[row]!; m < memberOffsets[row + 1]!; m++) {
      const node = members[m]!;
      const [begin, end] = [offsets[node]!, offsets[node + 1]!];
      // Room for the node's own items and for whatever its edges can add.
      if (successorCount + end - begin > successors.length) successors = grown(successors, successorCount + end - begin);
      if (ownCount + 4 + 3 * (end - begin) > own.length) own = grown(own, ownCount + 4 + 3 * (end - begin));
      if (identityItem[node]! >= 0) own[ownCount++] = identityItem[node]!;
      for (let k = 0, item = firstItem[node]!; item >= 0 && k < itemsAt[node * 3 + 2]!; k++) {
        if (itemStamp[item + k] === c) continue;
        itemStamp[item + k] = c;
        own[ownCount++] = item + k;
      }
      for (let e = begin; e < end; e++) {
        const tag = tags[e]!;
        condition |= tag & conditionalTag;
        if ((tag & skipConditional) !== 0) continue;
        const target = targets[e]!;
        if ((tag & control) === 0) {
          const next = of[target]!;
          if (next === c || successorStamp[next] === c) continue;
          successorStamp[next] = c;
          successors[successorCount++] = next;
          if (next >= first) condition |= reachesCondition[next - first]!;
          continue;
        }
        const item = firstItem[target]!;
        if (item < 0) continue;
        const last = item + itemsAt[target * 3 + levels[tag & pointsMask]!]!;
        for (let each = item; each < last; each++) {
          if (itemStamp[each] === c) continue;
          itemStamp[each] = c;
          own[ownCount++] = each;
        }
      }
    }
    reachesCondition[row] = condition === 0 ? 0 : 1;
    successorOffsets[row + 1] = successorCount;
    itemOffsets[row + 1] = ownCount;
  }
  return { first, count, successorOffsets, successors, itemOffsets, items: own, reachesCondition };
}

function grown(array: Int32Array<ArrayBuffer>, atLeast: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(atLeast, array.length * 2));
  larger.set(array);
  return larger;
}
