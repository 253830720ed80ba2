import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import type { Zippable } from "fflate";
import { describe, expect, it } from "vitest";
import { openArchive, openArchives } from "./archive.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const open = (content: Uint8Array) => openArchive({ name: "export.zip", bytes: content, modifiedAt: null });
const zip = (members: Zippable) => open(zipSync(members));

describe("openArchive", () => {
  it("opens members in folders, with their time, without housekeeping of other systems", () => {
    const opened = zip({
      "a/b.json": [bytes("{}"), { mtime: new Date(2026, 4, 1) }],
      "__MACOSX/a/._b.json": bytes("x"),
      "a/c.csv": [bytes("user"), { level: 0 }],
    });
    expect(opened.map(({ name }) => name)).toEqual(["export.zip/a/b.json", "export.zip/a/c.csv"]);
    expect(opened.map((file) => new TextDecoder().decode(file.bytes))).toEqual(["{}", "user"]);
    expect(opened[0]?.modifiedAt).toMatch(/^2026-0[45]-/);
  });
  it.each(["../evil.json", "a/../../evil.json", "/etc/passwd", "C:\\x.json", "a\\..\\b.json"])("refuses the path %s", (name) => {
    expect(() => zip({ [name]: bytes("{}") })).toThrow(/path that leaves/);
  });
  it("refuses symbolic links", () => {
    expect(() => zip({ link: [bytes("/etc/passwd"), { os: 3, attrs: (0o120777 << 16) >>> 0 }] })).toThrow(/symbolic link/);
  });
  it("refuses too many members and too many bytes", { timeout: 60_000 }, () => {
    expect(() => zip(Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`${index}.json`, bytes("{}")])))).toThrow(
      /at most 1000/,
    );
    const zeros = new Uint8Array(52 * 1024 * 1024);
    expect(() => zip({ a: [zeros, { level: 1 }], b: [zeros, { level: 1 }] })).toThrow(/more than 100 MiB/);
  });
  it("bounds all files of an import together", { timeout: 60_000 }, () => {
    const file = (name: string, content: Uint8Array) => ({ name, bytes: content, modifiedAt: null });
    const half = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    expect(openArchives([file("a.gz", half), file("b.gz", half)])).toHaveLength(2);
    expect(() => openArchives([file("a.gz", half), file("b.gz", half), file("c.json", bytes("{}"))])).toThrow(/With c\.json .*100 MiB/);
    const members = zipSync(Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`${index}.json`, bytes("{}")])));
    expect(() => openArchives([file("a.zip", members), file("b.zip", members)])).toThrow(/1200 files; at most 1000/);
    const thousand = Array.from({ length: 1000 }, (_, index) => file(`${index}.json`, bytes("{}")));
    expect(openArchives(thousand)).toHaveLength(1000);
    expect(() => openArchives([...thousand, file("last.json", bytes("{}"))])).toThrow(/at most 1000/);
  });
  it("does not believe the sizes that an archive claims", () => {
    const packed = zipSync({ "a.json": new Uint8Array(4_000_000) });
    const view = Buffer.from(packed);
    view.writeUInt32LE(10, view.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    expect(() => open(packed.with(0, 0x50))).not.toThrow();
    expect(() => open(view)).toThrow(/100 MiB|damaged/);
  });
  it("explains damage", () => {
    const packed = zipSync({ "a.json": bytes('{"some":"content"}') });
    for (let end = 4; end < packed.length; end += 3) expect(() => open(packed.subarray(0, end))).toThrow(/damaged|incomplete/);
    const flipped = packed.slice();
    flipped[40] = (flipped[40] ?? 0) ^ 0xff;
    expect(() => open(flipped)).toThrow(/damaged/);
  });
  it("opens gzip within bounds", () => {
    const [file] = openArchive({ name: "a.json.gz", bytes: gzipSync("{}"), modifiedAt: null });
    expect(file).toMatchObject({ name: "a.json", bytes: Buffer.from("{}") });
    expect(() => openArchive({ name: "bomb.gz", bytes: gzipSync(Buffer.alloc(101 * 1024 * 1024)), modifiedAt: null })).toThrow(
      /more than 100 MiB/,
    );
    expect(() => openArchive({ name: "bad.gz", bytes: gzipSync("{}").subarray(0, 12), modifiedAt: null })).toThrow(/damaged/);
  });
});
