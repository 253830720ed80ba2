import type { Condensation } from "./condensation.ts";
import type { ReachItems } from "./reach-items.ts";
import { bitCount } from "./words.ts";
import { minLanes } from "./worth.ts";

const blockBits = 2048;
const blockWords = blockBits / 32;
/** Up to so many pairs of words it is quicker to go through those in use than through all. */
const fewPairs = 10;

/**
 * What every component's set is worth, as from `SharedSets` for graphs whose reach sets are all large and all different: one block of items at
 * a time, a bit row per component. Memory is 260 bytes per component whatever the shape of the graph. Items are laid
 * out so that all of one word count alike: a word is then worth its number of bits; and so that the items of a block begin
 * to be reached at about the same component: those below are passed over. Needs the whole condensation.
 */
export function denseBlocks(graph: Condensation, items: ReachItems): Float64Array {
  const { count } = graph;
  const lanes = new Float64Array(count * items.laneCount);
  const layout = layOut(graph, items);
  const placed = placeItems(graph, layout);
  const rows: BitRows = { words: new Int32Array(count * blockWords), used: new Int32Array(count) };
  for (let block = 0; block < layout.blocks; block++) {
    fillRows(rows, placed, block);
    const first = layout.firstComponents[block]!;
    uniteRows(graph, rows, first);
    countRows(rows, { first, lanes, recordOfWord: recordsOfWords(layout.runs[block]!), items });
  }
  return lanes;
}

/** One row of words per component; `used` has a bit for every two words of a row that may not be empty. */
interface BitRows {
  readonly words: Int32Array;
  readonly used: Int32Array;
}

/** What the components have in their own rows. */
function fillRows({ words, used }: BitRows, { offsets, components, bits }: Placed, block: number): void {
  for (let i = offsets[block]!, end = offsets[block + 1]!; i < end; i++) {
    const c = components[i]!;
    const bit = bits[i]!;
    words[c * blockWords + (bit >>> 5)]! |= 1 << (bit & 31);
    used[c]! |= 1 << (bit >>> 6);
  }
}

function uniteRows({ count, successorOffsets, successors }: Condensation, { words, used }: BitRows, first: number): void {
  for (let c = first; c < count; c++) {
    let mine = used[c]!;
    for (let s = successorOffsets[c]!, end = successorOffsets[c + 1]!; s < end; s++) {
      const next = successors[s]!;
      const theirs = used[next]!;
      if (theirs === 0) continue;
      mine |= theirs;
      uniteRow(words, c * blockWords, next * blockWords, theirs);
    }
    used[c] = mine;
  }
}

/** Most of the time goes here: a function of its own is compiled after the first few rows. */
function uniteRow(words: Int32Array, into: number, from: number, used: number): void {
  if (bitCount(used) > fewPairs) {
    for (let w = 0; w < blockWords; w += 4) {
      words[into + w]! |= words[from + w]!;
      words[into + w + 1]! |= words[from + w + 1]!;
      words[into + w + 2]! |= words[from + w + 2]!;
      words[into + w + 3]! |= words[from + w + 3]!;
    }
    return;
  }
  for (let left = used; left !== 0;) {
    const pair = 31 - Math.clz32(left);
    left &= ~(1 << pair);
    const w = 2 * pair;
    words[into + w]! |= words[from + w]!;
    words[into + w + 1]! |= words[from + w + 1]!;
  }
}

interface Counting {
  readonly first: number;
  readonly lanes: Float64Array;
  readonly recordOfWord: Int32Array;
  readonly items: ReachItems;
}

/** Adds what the rows are worth, and empties them. */
function countRows({ words, used }: BitRows, counting: Counting): void {
  const { first, lanes, recordOfWord, items } = counting;
  const { laneCount, records } = items;
  for (let c = first; c < used.length; c++) {
    if (used[c] === 0) continue;
    if (laneCount > minLanes) countFurtherLanes(words, c, counting);
    let a = 0;
    let b = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    for (let left = used[c]!; left !== 0;) {
      const pair = 31 - Math.clz32(left);
      left &= ~(1 << pair);
      for (let w = 2 * pair; w < 2 * pair + 2; w++) {
        const bits = bitCount(words[c * blockWords + w]!);
        const record = recordOfWord[w]!;
        words[c * blockWords + w] = 0;
        a += bits * records[record]!;
        b += bits * records[record + 1]!;
        d += bits * records[record + 2]!;
        e += bits * records[record + 3]!;
        f += bits * records[record + 4]!;
      }
    }
    lanes[c * laneCount]! += a;
    lanes[c * laneCount + 1]! += b;
    lanes[c * laneCount + 2]! += d;
    lanes[c * laneCount + 3]! += e;
    lanes[c * laneCount + 4]! += f;
    used[c] = 0;
  }
}

function countFurtherLanes(words: Int32Array, c: number, { lanes, recordOfWord, items: { laneCount, records } }: Counting): void {
  for (let w = 0; w < blockWords; w++) {
    const bits = bitCount(words[c * blockWords + w]!);
    if (bits > 0)
      for (let lane = minLanes; lane < laneCount; lane++) lanes[c * laneCount + lane]! += bits * records[recordOfWord[w]! + lane]!;
  }
}

function recordsOfWords(runs: readonly Run[]): Int32Array {
  const recordOf = new Int32Array(blockWords);
  for (const { firstWord, endWord, record } of runs) recordOf.fill(record, firstWord, endWord);
  return recordOf;
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
  let order = inOrderOf(firstOf, graph.count, upTo(items.count));
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
    const members = inOrderOf(items.recordOf, recordCount, order.subarray(from, to));
    addBlock(layout, items, members);
    layout.firstComponents.push(leastOf(firstOf, members));
    from = to;
  }
  return layout;
}

/** Items by ascending key, those of one key as they were. */
function inOrderOf(keyOf: Int32Array, keys: number, items: Int32Array): Int32Array {
  const next = new Int32Array(keys + 1);
  for (let i = 0; i < items.length; i++) next[keyOf[items[i]!]! + 1]!++;
  for (let key = 0; key < keys; key++) next[key + 1]! += next[key]!;
  const order = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) order[next[keyOf[items[i]!]!]!++] = items[i]!;
  return order;
}

function upTo(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

function leastOf(keyOf: Int32Array, items: Int32Array): number {
  let least = keyOf[items[0]!]!;
  for (let i = 1; i < items.length; i++) if (keyOf[items[i]!]! < least) least = keyOf[items[i]!]!;
  return least;
}

/** Gives the items, which are in the order of their records, their bits in a new block: each record begins with a word. */
function addBlock(layout: { blocks: number; bitOf: Int32Array; runs: Run[][] }, items: ReachItems, members: Int32Array): void {
  const runs: Run[] = [];
  let word = 0;
  for (let from = 0, to = 0; from < members.length; from = to) {
    const record = items.recordOf[members[from]!]!;
    const firstBit = layout.blocks * blockBits + word * 32;
    for (; to < members.length && items.recordOf[members[to]!] === record; to++) layout.bitOf[members[to]!] = firstBit + to - from;
    const endWord = word + ((to - from + 31) >>> 5);
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
