import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/**
 * The beginnings of the SHA-256 of passwords that many people had, in order, one after the other: almost 44,000 of twelve characters and more out of
 * the million most used of ten million that were breached. Written by tools/passwords. Nobody reads other people's passwords in it, and of
 * ten million good ones it refuses less than one by chance.
 */
const file = new URL("common-passwords.bin", import.meta.url);
export const keptBytes = 5;

export const beginningOf = (password: string): Buffer =>
  createHash("sha256").update(password.toLowerCase()).digest().subarray(0, keptBytes);

let list: Buffer | null = null;

/** Also without what people put at its end to make it look like another one. */
export function isCommon(password: string): boolean {
  list ??= readFileSync(file);
  return [password, withoutEnding(password)].some((one) => contains(list!, beginningOf(one)));
}

function withoutEnding(password: string): string {
  let end = password.length;
  while (end > 0 && !/\p{L}/u.test(password.charAt(end - 1))) end -= 1;
  return password.slice(0, end);
}

function contains(sorted: Buffer, wanted: Buffer): boolean {
  let [low, high] = [0, sorted.length / keptBytes - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = wanted.compare(sorted, middle * keptBytes, (middle + 1) * keptBytes);
    if (order === 0) return true;
    if (order < 0) high = middle - 1;
    else low = middle + 1;
  }
  return false;
}
