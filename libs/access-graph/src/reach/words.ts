import { minLanes, perLane } from "./worth.ts";
import type { ReachWorth } from "./worth.ts";

/**
 * Sets as 32-bit words. Eight assets share a word, four bits each: one bit per level at which it is reached (read, write, admin; the fourth
 * stays empty). Levels are nested, so that the union of words takes the highest level by itself. After the words of the assets come those
 * of the identities, 32 to a word.
 */
export interface WordLayout {
  readonly worth: ReachWorth;
  readonly firstIdentityWord: number;
  readonly count: number;
}

export const wordLayout = (worth: ReachWorth): WordLayout => {
  const firstIdentityWord = Math.ceil(worth.assetCount / 8);
  return { worth, firstIdentityWord, count: firstIdentityWord + Math.ceil(worth.identityCount / 32) };
};

/** By points of an access edge (5, 8, 10; 0 for control): the bits of an asset that is reached so. */
export const bitsOfPoints = Int32Array.from({ length: 16 }, (_, points) => (points === 0 || points >= 10 ? 7 : points >= 8 ? 3 : 1));

/** By bits of an asset that come to a set: the points that they add. */
export const pointsOfBits = Int32Array.from({ length: 16 }, (_, bits) => (bits & 1) * 5 + ((bits >> 1) & 1) * 3 + ((bits >> 2) & 1) * 2);

/** Adds to the row of lanes at `row` what these bits of a word are worth. */
export function addWord({ worth, firstIdentityWord }: WordLayout, word: number, bits: number, lanes: Float64Array, row: number): void {
  if (word >= firstIdentityWord) {
    lanes[row + 1]! += bitCount(bits) * perLane;
    return;
  }
  const { weights, recordOf, records, laneCount } = worth;
  const first = word << 3;
  for (let left = bits; left !== 0;) {
    const place = (31 - Math.clz32(left)) >> 2;
    const own = (left >>> (place << 2)) & 15;
    left &= ~(15 << (place << 2));
    const asset = first + place;
    lanes[row]! += weights[asset]! * pointsOfBits[own]!;
    if ((own & 1) === 0) continue;
    const record = recordOf[asset]!;
    lanes[row + 1]! += records[record + 1]!;
    lanes[row + 2]! += records[record + 2]!;
    lanes[row + 3]! += records[record + 3]!;
    lanes[row + 4]! += records[record + 4]!;
    for (let lane = minLanes; lane < laneCount; lane++) lanes[row + lane]! += records[record + lane]!;
  }
}

export function bitCount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
