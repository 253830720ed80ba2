import type { Condensation } from "./condensation.ts";
import type { ReachItems } from "./reach-items.ts";

const blockBits = 2048;
const blockWords = blockBits / 32;

/**
 * The same statistics as `sharedSets` for graphs whose reach sets are all large and all different: one block of items at
 * a time, a dense bit row per component. Memory is 256 bytes per component whatever the shape of the graph.
 */
export function denseBlocks(graph: Condensation, items: ReachItems): Float64Array {
  const stats = new Float64Array(graph.count * items.statCount);
  const rows = new Uint32Array(graph.count * blockWords);
  const rowsByItemBlock = itemsByBlock(graph, items.count);
  for (let start = 0; start < items.count; start += blockBits) {
    rows.fill(0);
    for (const [c, item] of rowsByItemBlock[start / blockBits]!) {
      rows[c * blockWords + ((item - start) >>> 5)]! |= 1 << (item & 31);
    }
    for (let c = 0; c < graph.count; c++) {
      const at = c * blockWords;
      for (let s = graph.successorOffsets[c]!; s < graph.successorOffsets[c + 1]!; s++) {
        const other = graph.successors[s]! * blockWords;
        for (let w = 0; w < blockWords; w++) rows[at + w]! |= rows[other + w]!;
      }
      const row = stats.subarray(c * items.statCount, (c + 1) * items.statCount);
      for (let w = 0; w < blockWords; w++) {
        let bits = rows[at + w]!;
        while (bits !== 0) {
          const bit = 31 - Math.clz32(bits);
          items.addTo(row, start + w * 32 + bit, 1);
          bits &= ~(1 << bit);
        }
      }
    }
  }
  return stats;
}

function itemsByBlock(graph: Condensation, itemCount: number): (readonly [component: number, item: number])[][] {
  const blocks: [number, number][][] = Array.from({ length: Math.ceil(itemCount / blockBits) }, () => []);
  for (let c = 0; c < graph.count; c++) {
    for (let i = graph.itemOffsets[c]!; i < graph.itemOffsets[c + 1]!; i++)
      blocks[Math.trunc(graph.items[i]! / blockBits)]!.push([c, graph.items[i]!]);
  }
  return blocks;
}
