import type { Condensation } from "./condensation.ts";
import type { ReachItems } from "./reach-items.ts";

const blockBits = 2048;
const blockWords = blockBits / 32;

/**
 * What every component's set is worth, as from `SharedSets` for graphs whose reach sets are all large and all different: one block of items at
 * a time, a dense bit row per component. Memory is 256 bytes per component whatever the shape of the graph. Items are laid
 * out so that all of one word count alike: a word is then worth its number of bits. Needs the whole condensation.
 */
export function denseBlocks(graph: Condensation, items: ReachItems): Float64Array {
  const { laneCount } = items;
  const { successorOffsets, successors, count } = graph;
  const lanes = new Float64Array(count * laneCount);
  const layout = layOut(items);
  const placed = placeItems(graph, layout);
  const rows = new Uint32Array(count * blockWords);
  const filled = new Uint8Array(count);
  for (let block = 0; block < layout.blocks; block++) {
    rows.fill(0);
    filled.fill(0);
    for (let i = placed.offsets[block]!; i < placed.offsets[block + 1]!; i++) {
      const c = placed.components[i]!;
      filled[c] = 1;
      rows[c * blockWords + (placed.bits[i]! >>> 5)]! |= 1 << (placed.bits[i]! & 31);
    }
    const runs = layout.runs[block]!;
    for (let c = 0; c < count; c++) {
      const at = c * blockWords;
      for (let s = successorOffsets[c]!; s < successorOffsets[c + 1]!; s++) {
        const next = successors[s]!;
        if (filled[next] === 0) continue;
        filled[c] = 1;
        const other = next * blockWords;
        for (let w = 0; w < blockWords; w++) rows[at + w]! |= rows[other + w]!;
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
  endWord: number;
  /** Where its record starts. */
  readonly record: number;
}

interface Layout {
  readonly blocks: number;
  /** By item: its bit, counted through all blocks. */
  readonly bitOf: Int32Array;
  readonly runs: readonly Run[][];
}

function layOut({ count, recordOf, records, laneCount }: ReachItems): Layout {
  const alike: number[][] = Array.from({ length: records.length / laneCount }, () => []);
  for (let item = 0; item < count; item++) alike[recordOf[item]!]!.push(item);
  const bitOf = new Int32Array(count);
  const runs: Run[][] = [];
  let bit = 0;
  alike.forEach((group, record) => {
    group.forEach((item, index) => {
      bitOf[item] = bit + index;
    });
    for (let word = bit >>> 5, end = (bit + group.length + 31) >>> 5; word < end; word++) {
      const [block, inBlock] = [Math.trunc(word / blockWords), word % blockWords];
      const ofBlock = (runs[block] ??= []);
      const last = ofBlock.at(-1);
      if (word > bit >>> 5 && last !== undefined) last.endWord = inBlock + 1;
      else ofBlock.push({ firstWord: inBlock, endWord: inBlock + 1, record: record * laneCount });
    }
    bit = (bit + group.length + 31) & ~31;
  });
  return { blocks: runs.length, bitOf, runs };
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
