import { Writable } from "node:stream";
import { generateEstate, openImport } from "@rollcall/connectors";
import { describe, expect, it } from "vitest";
import { readArguments } from "./arguments.ts";
import { writeEstate } from "./write-estate.ts";

const asOf = "2026-11-20T00:00:00.000Z";
const textOf = async (identities: number): Promise<string> => {
  const parts: Buffer[] = [];
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      parts.push(chunk);
      done();
    },
  });
  await writeEstate(generateEstate({ identities, seed: 5, asOf }).imports, out, () => undefined);
  return Buffer.concat(parts).toString("utf8");
};

describe("generate", () => {
  it("writes a file that the push connector reads whole: no record rejected, every identity there", async () => {
    const bytes = Buffer.from(await textOf(400));
    const imports = openImport([{ name: "estate.ndjson", bytes, modifiedAt: null }], {
      asOf: null,
      receivedAt: "2026-11-21T00:00:00.000Z",
      accountHint: null,
      fingerprint: (secret) => `k1:${secret.length}`,
    });
    expect(imports.flatMap((source) => source.rejected)).toEqual([]);
    const identities = imports.flatMap((source) => [...source.observations]).filter(({ observation }) => observation.kind === "identity");
    expect(identities.length).toBe(400);
    expect(new Set(imports.flatMap((source) => source.reports.map(({ outcome }) => outcome)))).toEqual(new Set(["complete"]));
    expect(new Set(imports.map((source) => source.asOf))).toEqual(new Set([asOf]));
  });

  it("reads its arguments and says what is wrong with them", () => {
    expect(readArguments(["--identities", "1000", "--seed", "3", "--out", "x", "--as-of", "2026-01-02"], new Date(0))).toEqual({
      identities: 1000,
      seed: 3,
      out: "x",
      asOf: "2026-01-02T00:00:00.000Z",
      prefix: "",
    });
    expect(() => readArguments(["--identities", "many", "--out", "x"], new Date(0))).toThrow("--identities needs a whole number");
    expect(() => readArguments(["--identities", "10"], new Date(0))).toThrow("--out needs a file");
    expect(() => readArguments(["--identities", "10", "--out", "x", "--as-of", "soon"], new Date(0))).toThrow("--as-of needs a date");
  });
});
