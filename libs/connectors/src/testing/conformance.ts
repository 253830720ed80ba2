import { describe, expect, it } from "vitest";
import { observation, scopeReport } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import type { FileConnector, ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { hostileTexts } from "./hostile-texts.ts";

export interface ConformanceCase {
  readonly name: string;
  readonly files: readonly ImportFile[];
  /** Secret values that stand in the files, one for every position that can hold one. None may come out. */
  readonly canaries: readonly string[];
}

export interface ConformanceSuite {
  readonly connector: FileConnector;
  readonly cases: readonly ConformanceCase[];
  /** What the sender says beside the files. */
  readonly options?: Partial<ParseOptions>;
  /** Files that do not tell everything about the datasets named. */
  readonly partial: readonly { readonly name: string; readonly files: readonly ImportFile[]; readonly datasets: readonly string[] }[];
}

export const conformanceOptions: ParseOptions = {
  asOf: null,
  receivedAt: "2026-11-21T12:00:00.000Z",
  accountHint: null,
  fingerprint: (secret) => `fp${secret.length}`,
};

interface Plain extends Omit<ParsedImport, "observations"> {
  readonly observations: readonly { readonly scope: unknown; readonly observation: unknown }[];
}

/** Everything a connector says, as plain data. */
export const plainImports = (imports: readonly ParsedImport[]): readonly Plain[] =>
  imports.map((parsed) => ({ ...parsed, observations: [...parsed.observations] }));

/** What every connector promises, whatever it reads. */
export function describeConnector({ connector, cases, partial, options }: ConformanceSuite): void {
  const parse = (files: readonly ImportFile[]): readonly Plain[] =>
    plainImports(connector.parse(files, { ...conformanceOptions, ...options }));
  describe(`${connector.manifest.id} conforms`, () => {
    for (const example of cases) {
      describe(example.name, () => {
        statesOnlyWhatItMay(connector, parse, example);
        isDeterministic(parse, example);
        survivesDamage(connector, parse, example);
      });
    }
    it.each(partial)("partial input is never complete: $name", ({ files, datasets }) => {
      const reports = parse(files).flatMap((parsed) => parsed.reports);
      for (const dataset of datasets) {
        const own = reports.filter((report) => report.scope.dataset === dataset);
        expect(own.length, dataset).toBeGreaterThan(0);
        for (const report of own) expect(report.outcome, dataset).not.toBe("complete");
      }
    });
    it.each(hostileTexts)("survives hostile input: $name", ({ text }) => {
      expectNoCrash(() => tryParse(connector, parse, { name: "hostile.json", bytes: new TextEncoder().encode(text), modifiedAt: null }));
    });
    it("has nothing to say about nothing", () => {
      expect(parse([])).toEqual([]);
      expect(connector.recognise({ name: "empty", bytes: new Uint8Array(), modifiedAt: null })).toBe(false);
    });
  });
}

type Parse = (files: readonly ImportFile[]) => readonly Plain[];

function statesOnlyWhatItMay(connector: FileConnector, parse: Parse, { files, canaries }: ConformanceCase): void {
  it("recognises its files", () => {
    for (const file of files) expect(connector.recognise(file), file.name).toBe(true);
  });
  it("states valid observations, each in a reported scope and dataset", () => {
    const imports = parse(files);
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.reduce((sum, parsed) => sum + parsed.observations.length, 0)).toBeGreaterThan(0);
    for (const parsed of imports) {
      const scopes = new Set(parsed.reports.map((report) => JSON.stringify(scopeReport.parse(report).scope)));
      const emits = new Map(connector.manifest.datasets.map((dataset) => [dataset.id, dataset.emits]));
      for (const { scope, observation: stated } of parsed.observations) {
        const valid = observation.parse(stated);
        expect(scopes).toContain(JSON.stringify(scope));
        const { dataset } = scope as { dataset: string };
        if (connector.manifest.id !== "push") expect(emits.get(dataset), dataset).toContain(valid.kind);
      }
    }
  });
  it("never repeats a reference inside a scope", () => {
    for (const { observations } of parse(files)) {
      const keys = observations.map(
        ({ scope, observation: stated }) => `${JSON.stringify(scope)} ${observation.parse(stated).kind} ${observation.parse(stated).ref}`,
      );
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
  it("lets no secret out", () => {
    const written = JSON.stringify(parse(files));
    const given = files.map((file) => new TextDecoder().decode(file.bytes)).join("\n");
    for (const canary of canaries) {
      expect(
        [canary, Buffer.from(canary).toString("base64")].some((form) => given.includes(form)),
        `the fixture lacks ${canary}`,
      ).toBe(true);
      expect(written).not.toContain(canary);
      expect(written).not.toContain(Buffer.from(canary).toString("base64"));
    }
  });
}

function isDeterministic(parse: Parse, { files }: ConformanceCase): void {
  it("says the same twice, and in any order of files", () => {
    const first = JSON.stringify(parse(files));
    expect(JSON.stringify(parse(files))).toBe(first);
    expect(JSON.stringify(parse(files.toReversed()))).toBe(first);
    expect(JSON.stringify(parse([...files.slice(1), ...files.slice(0, 1)]))).toBe(first);
  });
}

function survivesDamage(connector: FileConnector, parse: Parse, { files }: ConformanceCase): void {
  it("survives files that are cut off, and then proves nothing absent", () => {
    for (const file of files) {
      for (let cut = 1; cut <= 24; cut += 1) {
        const bytes = endInsideLine(file.bytes.subarray(0, Math.floor((file.bytes.length * cut) / 25)));
        const imports = expectNoCrash(() => tryParse(connector, parse, { ...file, bytes }));
        const claims = (imports ?? [])
          .flatMap((parsed) => parsed.reports)
          .filter((report) => report.outcome === "complete" && report.scope.dataset !== "account" && report.scope.dataset !== "cluster");
        expect(claims, `${file.name} cut at ${bytes.length}`).toEqual([]);
      }
    }
  });
  it("survives flipped bytes", () => {
    for (const file of files) {
      for (let step = 0; step < 50; step += 1) {
        const bytes = file.bytes.slice();
        bytes[(step * 7919) % bytes.length] = (step * 31) % 256;
        expectNoCrash(() => tryParse(connector, parse, { ...file, bytes }));
      }
    }
  });
}

/** Lines that end whole look like a shorter file: that only a count of the sender can show. */
function endInsideLine(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end] === 0x0a)) end -= 1;
  return bytes.subarray(0, end);
}

function tryParse(connector: FileConnector, parse: Parse, file: ImportFile): readonly Plain[] {
  const imports = connector.recognise(file) ? parse([file]) : [];
  for (const { observation: stated } of imports.flatMap((parsed) => parsed.observations)) observation.parse(stated);
  return imports;
}

function expectNoCrash<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    expect(error, error instanceof Error ? error.stack : String(error)).toBeInstanceOf(AppError);
    return undefined;
  }
}
