import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cutBySource } from "./cut-by-source.mjs";

let folder;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "rollcall-cut-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const opening = (source, account) => JSON.stringify({ source, ...(account === undefined ? {} : { account }), asOf: "2026-01-01" });
const observation = (ref) => JSON.stringify({ kind: "human", ref, name: `a "source" of ${"é".repeat(30)}` });
const section = (source, account, count = 3) => [
  opening(source, account),
  ...Array.from({ length: count }, (_, i) => observation(`${account}${i}`)),
];
const write = (lines, end = "\n") => {
  const path = join(folder, "estate.ndjson");
  writeFileSync(path, lines.join("\n") + end);
  return path;
};
const lengthOf = (lines) => Buffer.byteLength(lines.join("\n") + "\n");

test("pieces begin where a source begins, are as large as allowed, and are the file", async () => {
  const sources = ["1", "2", "3", "4", "5"].map((account) => section("aws", account));
  const most = lengthOf(sources[0]) * 2 + 10;
  for (const end of ["\n", ""]) {
    const path = write(sources.flat(), end);
    const pieces = await cutBySource(path, most);
    const bytes = readFileSync(path);
    const texts = pieces.map(({ start, end: stop }) => bytes.subarray(start, stop).toString());
    expect(texts).toHaveLength(3);
    expect(texts.join("")).toBe(bytes.toString());
    expect(texts.map((text) => text.split("\n")[0])).toEqual([opening("aws", "1"), opening("aws", "3"), opening("aws", "5")]);
    expect(Math.max(...pieces.map((piece) => piece.end - piece.start))).toBeLessThanOrEqual(most);
  }
});

test("lines longer than what is read at once are whole", async () => {
  const long = JSON.stringify({ kind: "human", ref: "x", name: "y".repeat(3_000_000) });
  const path = write([opening("aws", "1"), long, ...section("aws", "2")]);
  const pieces = await cutBySource(path, 3_100_000);
  expect(pieces).toHaveLength(1);
  expect(await cutBySource(path, 3_000_200)).toHaveLength(2);
});

test.each([
  ["a source too large by itself", () => [...section("aws", "1", 40), ...section("aws", "2")]],
  ["a source that comes up in two pieces", () => [...section("aws", "1", 8), ...section("aws", "2", 8), ...section("aws", "1", 8)]],
  ["observations before any source", () => [observation("a"), ...section("aws", "1")]],
  ["lines that are no JSON", () => ["{", "{"]],
])("is not cut: %s", async (_, lines) => {
  expect(await cutBySource(write(lines()), lengthOf(section("aws", "1", 8)) + 10)).toBeNull();
});
