import type { Condensation } from "./condensation.ts";
import type { ReachItems } from "./reach-items.ts";

const blockBits = 2048;
const blockWords = blockBits / 32;

/**
 * What every component's set is worth, as from `SharedSets` for graphs whose reach sets are all large and all different: one block of items at
 * a time, a dense bit row per component. Memory is 256 bytes per component whatever the shape of the graph. Items are laid
 * out so that all of one word count alike: a word is then worth its number of bits; and so that the items of a block begin
 * to be reached at about the same component: those below are passed over. Needs the whole condensation.
 */
export function denseBlocks(graph: Condensation, items: ReachItems): Float64Array {
  const { laneCount } = items;
  const { successorOffsets, successors, count } = graph;
  const lanes = new Float64Array(count * laneCount);
  const layout = layOut(graph, items);
  const placed = placeItems(graph, layout);
  const rows = new Uint32Array(count * blockWords);
  const filled = new Uint8Array(count);
  for (let block = 0; block < layout.blocks; block++) {
    const first = layout.firstComponents[block]!;
    rows.fill(0, first * blockWords);
    filled.fill(0, first);
    for (let i = placed.offsets[block]!; i < placed.offsets[block + 1]!; i++) {
      const c = placed.components[i]!;
      filled[c] = 1;
      rows[c * blockWords + (placed.bits[i]! >>> 5)]! |= 1 << (placed.bits[i]! & 31);
    }
    const runs = layout.runs[block]!;
    for (let c = first; c < count; c++) {
      const at = c * blockWords;
      for (let s = successorOffsets[c]!; s < successorOffsets[c + 1]!; s++) {
        const next = successors[s]!;
        if (next < first || filled[next] === 0) continue;
        filled[c] = 1;
        const other = next * blockWords;
        // Four words at a time: this is where all the time goes.
        for (let w = 0; w < blockWords; w += 4) {
          rows[at + w]! |= rows[other + w]!;
          rows[at + w + 1]! |= rows[other + w + 1]!;
          rows[at + w + 2]! |= rows[other + w + 2]!;
          rows[at + w + 3]! |= rows[other + w + 3]!;
        }
      }
      if (filled[c] === 0) continue;
      for (const run of runs) {
        let bits = 0;
        for (let w = at + run.firstWord; w < at + run.endWord; w++) bits += bitCount(rows[w]!);
        if (bits === 0) continue;
        for (let lane = 0; lane < laneCount; lane++) lanes[c * laneCount + lane]! += bits * items.records[run.record + lane]!;
      }
    }
  }
  return lanes;
}

function bitCount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Words of a block that count alike. */
interface Run {
  readonly firstWord: number;
  readonly endWord: number;
  /** Where its record starts. */
  readonly record: number;
}

interface Layout {
  readonly blocks: number;
  /** By item: its bit, counted through all blocks. */
  readonly bitOf: Int32Array;
  readonly runs: readonly Run[][];
  /** By block: no component below has any of its items. */
  readonly firstComponents: readonly number[];
}

/** With more kinds of items than this in every block, too many bits at the ends of their runs would stay empty. */
const maxRecordsMixed = 16;

function layOut(graph: Condensation, items: ReachItems): Layout {
  const recordCount = items.records.length / items.laneCount;
  const firstOf = firstComponents(graph, items.count);
  let order = inOrderOf(firstOf, graph.count);
  if (recordCount > maxRecordsMixed) order = inOrderOf(items.recordOf, recordCount, order);
  const bitOf = new Int32Array(items.count);
  const layout = { blocks: 0, bitOf, runs: [] as Run[][], firstComponents: [] as number[] };
  const sizes = new Int32Array(recordCount);
  for (let from = 0; from < order.length;) {
    sizes.fill(0);
    let [to, words] = [from, 0];
    for (; to < order.length; to++) {
      const size = sizes[items.recordOf[order[to]!]!]!++;
      if ((size & 31) === 0 && ++words > blockWords) break;
    }
    addBlock(layout, items, order.subarray(from, to));
    layout.firstComponents.push(order.subarray(from, to).reduce((least, item) => Math.min(least, firstOf[item]!), graph.count));
    from = to;
  }
  return layout;
}

/** Items by ascending key, those of one key as they were. */
function inOrderOf(keyOf: Int32Array, keys: number, items: Int32Array = Int32Array.from(keyOf, (_, item) => item)): Int32Array {
  const next = new Int32Array(keys + 1);
  for (const item of items) next[keyOf[item]! + 1]!++;
  for (let key = 0; key < keys; key++) next[key + 1]! += next[key]!;
  const order = new Int32Array(items.length);
  for (const item of items) order[next[keyOf[item]!]!++] = item;
  return order;
}

/** Gives the items their bits in a new block, those of one record side by side from a full word on. */
function addBlock(layout: { blocks: number; bitOf: Int32Array; runs: Run[][] }, items: ReachItems, members: Int32Array): void {
  const runs: Run[] = [];
  let word = 0;
  for (const [record, alike] of [...Map.groupBy(members, (item) => items.recordOf[item]!)].sort(([a], [b]) => a - b)) {
    alike.forEach((item, index) => {
      layout.bitOf[item] = layout.blocks * blockBits + word * 32 + index;
    });
    const endWord = word + ((alike.length + 31) >>> 5);
    runs.push({ firstWord: word, endWord, record: record * items.laneCount });
    word = endWord;
  }
  layout.runs.push(runs);
  layout.blocks++;
}

/** By item: the lowest component that has it in its own row. */
function firstComponents({ count, itemOffsets, items }: Condensation, itemCount: number): Int32Array {
  const first = new Int32Array(itemCount);
  for (let c = count - 1; c >= 0; c--) for (let i = itemOffsets[c]!; i < itemOffsets[c + 1]!; i++) first[items[i]!] = c;
  return first;
}

interface Placed {
  readonly offsets: Int32Array;
  readonly components: Int32Array;
  readonly bits: Int32Array;
}

function placeItems(graph: Condensation, { blocks, bitOf }: Layout): Placed {
  const total = graph.itemOffsets[graph.count]!;
  const offsets = new Int32Array(blocks + 1);
  for (let i = 0; i < total; i++) offsets[Math.trunc(bitOf[graph.items[i]!]! / blockBits) + 1]!++;
  for (let block = 0; block < blocks; block++) offsets[block + 1]! += offsets[block]!;
  const next = offsets.slice(0, blocks);
  const [components, bits] = [new Int32Array(total), new Int32Array(total)];
  for (let c = 0; c < graph.count; c++) {
    for (let i = graph.itemOffsets[c]!; i < graph.itemOffsets[c + 1]!; i++) {
      const bit = bitOf[graph.items[i]!]!;
      const at = next[Math.trunc(bit / blockBits)]!++;
      components[at] = c;
      bits[at] = bit % blockBits;
    }
  }
  return { offsets, components, bits };
}
