import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { csvLines, csvStream } from "./csv.ts";

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])("disarms %j", (value) => {
  const [cell] = csvLines([{ name: value }], ["name"], false)
    .trimEnd()
    .split("\r\n");
  expect(cell?.replace(/^"/, "").startsWith("'")).toBe(true);
});

test("quotes what RFC 4180 wants quoted and writes intervals as people do", () => {
  expect(
    csvLines([{ name: 'a "b", c', score: { min: 61, max: 70 }, owner: null, tags: ["x", "y"] }], ["name", "score", "owner", "tags"], true),
  ).toBe('name,score,owner,tags\r\n"a ""b"", c",61-70,,x; y\r\n');
});

test("streams all pages under one header", async () => {
  const pages: Record<string, { items: { id: string }[]; nextCursor: string | null }> = {
    first: { items: [{ id: "1" }], nextCursor: "more" },
    more: { items: [{ id: "2" }], nextCursor: null },
  };
  const stream = await csvStream(["id"], (cursor) => Promise.resolve(pages[cursor ?? "first"]!));
  expect(await text(stream)).toBe("id\r\n1\r\n2\r\n");
});
