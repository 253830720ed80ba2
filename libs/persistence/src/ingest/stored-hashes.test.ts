import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashBytes, StoredHashes, wordsOf, wordsOfText } from "./stored-hashes.ts";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest().subarray(0, hashBytes);
const texts = Array.from({ length: 5_000 }, (_, index) => `statement ${index}`);

describe("stored hashes", () => {
  const stored = () => new StoredHashes(Buffer.concat(texts.map(digest)));

  it("knows what is stored, once, and nothing else", () => {
    const hashes = stored();
    expect(texts.every((text) => hashes.show(wordsOf(digest(text))))).toBe(true);
    expect(texts.some((text) => hashes.show(wordsOf(digest(text))))).toBe(false);
    expect(texts.some((text) => hashes.show(wordsOf(digest(`${text}!`))))).toBe(false);
  });

  it("says what was not shown", () => {
    const hashes = stored();
    const [first, second, ...rest] = texts;
    for (const text of rest) hashes.show(wordsOf(digest(text)));
    expect([...hashes.notShown()].sort()).toEqual([first!, second!].map((text) => digest(text).toString("hex")).sort());
  });

  it("tells hashes apart that share their slot, and copes with none", () => {
    const [one, other] = [Buffer.alloc(hashBytes, 1), Buffer.alloc(hashBytes, 1)];
    other[hashBytes - 1] = 2;
    const hashes = new StoredHashes(one);
    expect([hashes.show(wordsOf(other)), hashes.show(wordsOf(one))]).toEqual([false, true]);
    const empty = new StoredHashes(Buffer.alloc(0));
    expect([empty.show(wordsOf(one)), [...empty.notShown()]]).toEqual([false, []]);
  });

  it("reads the same words from text as from bytes", () => {
    const words = new Int32Array(hashBytes / 4);
    for (const text of texts.slice(0, 100))
      expect([...wordsOfText(digest(text).toString("latin1"), words)]).toEqual([...wordsOf(digest(text))]);
  });

  it("reads a buffer that lies crooked in its memory", () => {
    const crooked = Buffer.concat([Buffer.from([0]), digest("a")]).subarray(1);
    expect([...wordsOf(crooked)]).toEqual([...wordsOf(digest("a"))]);
  });
});
