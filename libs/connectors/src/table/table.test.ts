import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tableMapping, type TableMapping } from "@rollcall/nhi-model";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import { openImport } from "../registry.ts";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { parseTables } from "./parse.ts";
import { previewTable } from "./preview.ts";
import { readTable } from "./read-rows.ts";
import { suggestMapping } from "./suggest.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const bots = fixtureFile(fixtures, "bots.csv");
const mapping = tableMapping.parse(JSON.parse(readFileSync(new URL("mapping.json", fixtures), "utf8")));
const fingerprint = (secret: string): string => createHash("sha256").update(secret).digest("hex").slice(0, 32);
const options = { ...conformanceOptions, fingerprint };
const parse = (text: string, table: TableMapping): ParsedImport => parseTables([textFile("a.csv", text)], { ...options, table })[0]!;
const of = (parsed: ParsedImport, kind: string) =>
  [...parsed.observations].flatMap(({ observation }) => (observation.kind === kind ? [observation as Record<string, unknown>] : []));
const small = (change: object = {}): TableMapping =>
  tableMapping.parse({
    source: "small",
    columns: [{ column: "id", field: "ref" }],
    defaults: [{ field: "identityKind", value: "bot" }],
    ...change,
  });

describe("a table with a mapping", () => {
  const parsed = parseTables([bots], { ...options, table: mapping })[0]!;
  it("makes identities, credentials and owners of the rows", () => {
    expect(parsed).toMatchObject({ connector: "csv", account: "bots", totals: { rows: 8, identities: 3, credentials: 3 } });
    expect(of(parsed, "identity").map(({ ref, identityKind, name }) => [ref, identityKind, name])).toEqual([
      ["svc-001", "service_account", "Billing export"],
      ["svc-002", "bot", "Crawler"],
      ["svc-003", "database_user", "Warehouse loader"],
    ]);
    expect(of(parsed, "identity")[0]).toMatchObject({
      facts: {
        environment: "prod",
        createdAt: "2023-04-05T00:00:00.000Z",
        purpose: 'nightly; writes "ledger.csv"',
        "owner.kind": "person",
        "owner.personId": "ada@example.org",
      },
    });
    expect(of(parsed, "identity")[2]).toMatchObject({
      facts: { environment: { unknown: "not_offered" }, "owner.kind": "none", purpose: "two\nlines" },
    });
    expect(of(parsed, "owner").map(({ label, ownerKind }) => [label, ownerKind])).toEqual([
      ["ada@example.org", "person"],
      ["Platform team", "team"],
    ]);
  });
  it("gives one identity several credentials, fingerprints their values and drops them", () => {
    const credentials = of(parsed, "credential");
    expect(credentials.map(({ ref, identityRef, fingerprint: print }) => [ref, identityRef, print])).toEqual([
      ["key-1", "svc-001", fingerprint("CANARY-key-7f31c0a9e2b84d55")],
      ["key-2", "svc-002", fingerprint("CANARY-key-2b84d557f31c0a9e")],
      ["key-3", "svc-002", fingerprint("CANARY-key-9e2b84d57f31c0a5")],
    ]);
    expect(credentials.map(({ facts }) => facts)).toMatchObject([
      { hasExpiry: true, expiresAt: "2026-12-31T00:00:00.000Z" },
      { hasExpiry: false },
      { hasExpiry: { unknown: "not_offered" } },
    ]);
  });
  it("lists every row that did not land, with its line and reason", () => {
    expect(parsed.rejected.map(({ where, code }) => [where, code])).toEqual([
      ["bots.csv:7", "unknown_kind"],
      ["bots.csv:8", "no_reference"],
      ["bots.csv:9", "ragged"],
      ["bots.csv:10", "duplicate"],
    ]);
  });
  it("warns of secrets and of values that nobody understands", () => {
    expect(parsed.notes).toEqual([
      expect.stringMatching(/^1 values for credentialExpiresAt .* not understood/),
      expect.stringMatching(/^1 values for environment .* not understood/),
      expect.stringMatching(/^1 values of the column "Notes" .* looked like secrets and were removed/),
    ]);
  });
  it("keeps the mapping with the source", () => {
    expect(of(parsed, "source")).toMatchObject([
      { ref: "mapping", facts: { columns: mapping.columns, defaults: mapping.defaults, complete: false } },
    ]);
  });
});

describe("whether a table may say that something is gone", () => {
  const outcome = (text: string, complete = true) =>
    parse(text, small({ complete })).reports.find(({ scope }) => scope.dataset === "rows")?.outcome;
  it.each([
    ["id\na\nb\n", true, "complete"],
    ["id\na\nb\n", false, "partial"],
    ["id\na\nb", true, "partial"],
    ['id\na\n"b\n', true, "partial"],
    ["id\n", true, "complete"],
  ] as const)("%j, complete: %s, is %s", (text, complete, expected) => {
    expect(outcome(text, complete)).toBe(expected);
  });
});

describe("notations", () => {
  const cells = (text: string) => {
    const table = readTable(textFile("a.csv", text));
    return [table.header, ...[...table.rows].map(({ cells: own }) => own)];
  };
  it.each([
    [
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a;b\n1,5;2\n",
      [
        ["a", "b"],
        ["1,5", "2"],
      ],
    ],
    [
      "a\tb\r\n1\t2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "\uFEFFa,b\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "sep=|\na|b\n1|2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      'a,b\n"x ""y"", z","1\n2"\n',
      [
        ["a", "b"],
        ['x "y", z', "1\n2"],
      ],
    ],
    [
      '"a,1",b\n"",2\n',
      [
        ["a,1", "b"],
        ["", "2"],
      ],
    ],
    [
      'a,b\n"x"y,2\n',
      [
        ["a", "b"],
        ["xy", "2"],
      ],
    ],
    ['a,b\n1,"open\n', [["a", "b"], null]],
    [
      "a,,c\n\n1,2,3\n",
      [
        ["a", "column 2", "c"],
        ["1", "2", "3"],
      ],
    ],
    ["a\n", [["a"]]],
    ["", [[]]],
  ])("%j", (text, expected) => {
    expect(cells(text)).toEqual(expected);
  });
  it("counts lines inside of quotes", () => {
    const { rows } = readTable(textFile("a.csv", 'a,b\n"1\n2",x\n3,y\n'));
    expect([...rows].map(({ line }) => line)).toEqual([2, 4]);
  });
  it("reads what an office program saves", () => {
    const table = readTable({
      name: "a.csv",
      bytes: Uint8Array.from([...Buffer.from("id;Name\n1;M"), 0xfc, ...Buffer.from("ller\n")]),
      modifiedAt: null,
    });
    expect([table.decodedAs, [...table.rows][0]?.cells]).toEqual(["windows-1252", ["1", "Müller"]]);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("id,n\n1,ü\n", "utf16le")]);
    expect([...readTable({ name: "a.csv", bytes: utf16, modifiedAt: null }).rows][0]?.cells).toEqual(["1", "ü"]);
  });
});

describe("mistakes", () => {
  it("says which column is not there, and which there are", () => {
    expect(() => parse("key,name\n", small())).toThrow(/no column "id"\. It has "key", "name"/);
  });
  it("refuses a column that is there twice, where it is meant", () => {
    expect(() => parse("id,id\na,b\n", small())).toThrow(/two columns called "id"/);
    expect(parse("id,x,x\na,b,c\n", small()).totals).toMatchObject({ identities: 1 });
  });
  it("shows no word of a column that is called after a secret", () => {
    const parsed = parse(
      "id,Pass word,Password\na,x,hunter2\n",
      small({
        columns: [
          { column: "id", field: "ref" },
          { column: "Password", field: "purpose" },
        ],
      }),
    );
    expect(JSON.stringify([...parsed.observations])).not.toContain("hunter2");
    expect(parsed.notes).toEqual([expect.stringMatching(/1 values of the column "Password"/)]);
  });
  it("names nothing after a secret", () => {
    const parsed = parse(`id\nghp_${"a1B2".repeat(9)}\n${"0123456789abcdef".repeat(2)}\n`, small());
    expect(parsed.rejected).toEqual([{ where: "a.csv:2", code: "secret_reference", message: expect.not.stringContaining("ghp_") }]);
    expect(parsed.totals).toMatchObject({ identities: 1 });
  });
  it.each([
    [{ columns: [{ column: "id", field: "name" }] }, /has to be the ref/],
    [
      {
        columns: [
          { column: "id", field: "ref" },
          { column: "b", field: "ref" },
        ],
      },
      /named twice/,
    ],
    [{ columns: [{ column: "id", field: "colour" }] }, /Invalid/],
    [{ columns: [{ column: "id", field: "ref" }], defaults: [{ field: "secret", value: "x" }] }, /Invalid/],
  ])("the mapping %j is refused", (change, message) => {
    expect(() => small(change)).toThrow(message);
  });
  it("leaves a table without a mapping to the reader, and other exports beside it alone", () => {
    expect(() => openImport([textFile("a.csv", "id\na\n")], options)).toThrow(/a\.csv is a table\. Say which column is what/);
    const push = textFile("a.ndjson", '{"kind":"identity","ref":"x","identityKind":"bot","name":"x","provider":"p","facts":{}}\n');
    expect(openImport([textFile("a.csv", "id\na\n"), push], options).map(({ connector }) => connector)).toEqual(["push"]);
    expect(openImport([textFile("a.csv", "id\na\n"), push], { ...options, table: small() }).map(({ connector }) => connector)).toEqual([
      "push",
      "csv",
    ]);
  });
});

describe("suggestions", () => {
  it("finds the meaning of usual headers", () => {
    const suggested = suggestMapping(["Display Name", "Object ID", "Account Type", "Owner Email", "Expiration Date", "Colour"], "list");
    expect(Object.fromEntries(suggested?.columns.map(({ column, field }) => [column, field]) ?? [])).toEqual({
      "Object ID": "ref",
      "Display Name": "name",
      "Account Type": "identityKind",
      "Owner Email": "owner",
      "Expiration Date": "credentialExpiresAt",
    });
    expect(suggested?.defaults).toEqual([{ field: "credentialKind", value: "api_key" }]);
    expect(tableMapping.safeParse(suggested).success).toBe(true);
  });
  it("takes the name as the reference where nothing better is there, and gives up without", () => {
    expect(suggestMapping(["name", "colour"], "x")?.columns).toEqual([
      { column: "name", field: "name" },
      { column: "name", field: "ref" },
    ]);
    expect(suggestMapping(["colour", "size"], "x")).toBeNull();
  });
  it("shows what would come of the first rows, and no secret", () => {
    const preview = previewTable(bots, mapping, options);
    expect(preview.creates).toHaveLength(6);
    expect(preview).toMatchObject({ rows: 8, missing: [], rejected: [{ code: "unknown_kind" }, {}, {}, {}] });
    expect(preview.columns.filter(({ looksSecret }) => looksSecret).map(({ name }) => name)).toEqual(["API Key", "Notes"]);
    expect(JSON.stringify(preview)).not.toContain("CANARY");
    expect(previewTable(bots, null, options)).toMatchObject({ mapping: { source: "bots" } });
    expect(previewTable(textFile("a.csv", "colour\nred\n"), null, options)).toMatchObject({ mapping: null, missing: ["ref"] });
    expect(
      previewTable(
        textFile("a.csv", "id,key_id\na,b\n"),
        small({
          defaults: [],
          columns: [
            { column: "id", field: "ref" },
            { column: "key_id", field: "credentialRef" },
          ],
        }),
        options,
      ).missing,
    ).toEqual(["identityKind", "credentialKind"]);
  });
});
