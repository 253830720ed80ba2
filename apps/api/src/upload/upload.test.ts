import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readRaw } from "./read-raw.ts";
import { batchLimits, fileLimits } from "./upload-limits.ts";
import { cleanFileName, instantOf, uploadHash, type Upload } from "./upload.ts";

test("a day means its end, a time what it says", () => {
  expect(instantOf("2019-05-07", "asOf")).toBe("2019-05-07T23:59:59Z");
  expect(instantOf("2019-05-07T10:00:00+02:00", "asOf")).toBe("2019-05-07T08:00:00.000Z");
  expect(() => instantOf("yesterday", "asOf")).toThrowError(/must be a date/);
});

test("names keep their last step and no control characters", () => {
  expect(cleanFileName("../../etc/pass\u0000wd")).toBe("passwd");
  expect(cleanFileName("C:\\exports\\auth.json")).toBe("auth.json");
  expect(cleanFileName(undefined)).toBe("upload");
  expect(cleanFileName("x".repeat(400))).toHaveLength(255);
});

const raw = (bytes: Buffer, isGzip = false, contentType = "text/csv; charset=utf-8") => readRaw({ bytes, contentType, isGzip }, {});

test("a raw body is named after its type unless the sender names it", async () => {
  expect((await raw(Buffer.from("a"))).files[0]?.name).toBe("upload.csv");
  const named = await readRaw(
    { bytes: Buffer.from("a"), contentType: "text/csv", isGzip: false },
    { filename: "report.csv", asOf: "2026-01-01", account: "prod" },
  );
  expect(named).toMatchObject({ asOf: "2026-01-01T23:59:59Z", account: "prod", files: [{ name: "report.csv" }] });
});

test("gzip is unpacked, damaged gzip is refused", async () => {
  expect(Buffer.from((await raw(gzipSync("hello"), true)).files[0]!.bytes).toString()).toBe("hello");
  await expect(raw(Buffer.from("hello"), true)).rejects.toMatchObject({ code: "invalid_input" });
});

test.each([
  ["application/x-ndjson", batchLimits.inflatedBytes, /may unpack to 20 MiB.*several requests.*as a file/],
  ["application/json", batchLimits.inflatedBytes, /may unpack to 20 MiB/],
  ["text/csv", fileLimits.inflatedBytes, /unpacks to more than 100 MiB\. Split/],
])("%s unpacks to its limit and not one byte further", async (type, limit, message) => {
  expect((await raw(gzipSync(Buffer.alloc(limit)), true, type)).files[0]!.bytes.length).toBe(limit);
  const bomb = gzipSync(Buffer.alloc(limit + 1));
  expect(bomb.length).toBeLessThan(1024 * 1024);
  await expect(raw(bomb, true, type)).rejects.toMatchObject({ code: "too_large", status: 413, message: expect.stringMatching(message) });
});

test("an empty body is refused", async () => {
  await expect(raw(Buffer.alloc(0))).rejects.toMatchObject({ code: "invalid_input" });
});

test("the hash follows names, dates and bytes", () => {
  const upload = (change: Partial<Upload["files"][number]>, asOf: string | null = null): Upload => ({
    asOf,
    account: null,
    table: null,
    files: [{ name: "a", bytes: Buffer.from("x"), modifiedAt: null, ...change }],
  });
  const base = uploadHash(upload({}));
  expect(uploadHash(upload({}))).toBe(base);
  const others = [
    upload({ name: "b" }),
    upload({ bytes: Buffer.from("y") }),
    upload({ modifiedAt: "2026-01-01T00:00:00Z" }),
    upload({}, "2026-01-01T00:00:00Z"),
  ];
  expect(new Set([base, ...others.map(uploadHash)]).size).toBe(5);
});
