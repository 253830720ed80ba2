import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ImportFile, ParsedImport } from "@rollcall/posture-pipeline";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { secretScanningConnector } from "./connector.ts";
import { isStrong } from "./leak.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const file = (name: string) => fixtureFile(fixtures, name);
const options = { ...conformanceOptions, fingerprint: (secret: string) => createHash("sha256").update(secret).digest("hex").slice(0, 32) };
const parse = (...files: readonly ImportFile[]): ParsedImport => secretScanningConnector.parse(files, options)[0]!;
const ofKind = (parsed: ParsedImport, kind: string) =>
  [...parsed.observations].map(({ observation }) => observation).filter((one) => one.kind === kind);

describe("secret scanner reports", () => {
  it("makes one credential of a secret that two scanners found, with both places", () => {
    const parsed = parse(file("gitleaks.json"), file("trufflehog.jsonl"));
    const slack = ofKind(parsed, "credential").filter((one) => "fingerprint" in one && one.fingerprint !== undefined);
    expect(slack).toHaveLength(1);
    // Verified by one of them is verified.
    expect(slack[0]).toMatchObject({
      facts: { "exposure.state": "confirmed", "exposure.live": true, "exposure.detectedAt": "2026-10-02T08:00:00.000Z" },
    });
    const stores = ofKind(parsed, "grant").filter((one) => "to" in one && one.to === slack[0]!.ref);
    expect(stores).toHaveLength(2);
    expect(parsed.totals).toEqual({ gitleaks: 2, trufflehog: 1 });
  });

  it("merges two reports of one find by place where the value is too poor for a fingerprint", () => {
    const parsed = parse(file("gitleaks.json"), file("scanner.sarif"));
    const password = ofKind(parsed, "credential").filter((one) => "name" in one && one.name?.includes("db.env"));
    expect(password).toHaveLength(1);
    expect(password[0]).not.toHaveProperty("fingerprint");
    expect(isStrong("correct horse")).toBe(true);
    expect(isStrong("aaaaaaaaaaaaaaaaaaaa")).toBe(false);
    expect(isStrong("hunter2")).toBe(false);
  });

  it("keeps what was dismissed, as no exposure, and knows GitHub's words", () => {
    const parsed = parse(file("scanner.sarif"), file("github-alerts.json"));
    const byName = new Map(ofKind(parsed, "credential").map((one) => ["name" in one ? one.name : "", one]));
    expect(byName.get("stripe access token in shop/pay.ts")).toMatchObject({ facts: { "exposure.state": "none" } });
    expect(byName.get("npm access token in ci/publish.yml")).toMatchObject({
      facts: {
        "exposure.state": "confirmed",
        "exposure.live": true,
        "exposure.audience": "public",
        "exposure.detectedAt": "2026-09-01T10:00:00.000Z",
      },
    });
  });

  it("lists results that are not about secrets instead of counting them", () => {
    const parsed = parse(
      textFile(
        "lint.sarif",
        JSON.stringify({
          $schema: "sarif",
          version: "2.1.0",
          runs: [{ tool: { driver: { name: "eslint" } }, results: [{ ruleId: "no-eval" }] }],
        }),
      ),
    );
    expect(parsed.rejected).toMatchObject([{ code: "not_a_secret", where: "lint.sarif run 1 result 1" }]);
    expect([...parsed.observations]).toEqual([]);
  });
});

const shared = new URL("../../../../../shared/data/secret-scanner-reports/", import.meta.url);
describe.skipIf(!existsSync(shared))("real reports (needs ../shared/data)", () => {
  const read = (name: string): ImportFile => ({ name, bytes: readFileSync(new URL(name, shared)), modifiedAt: null });
  const names = readdirSync(shared).filter((name) => /\.(json|jsonl|sarif)$/.test(name));

  it("lands every record and keeps no value", () => {
    const files = names.map(read);
    for (const one of files) expect(secretScanningConnector.recognise(one), one.name).toBe(true);
    const parsed = parse(...files);
    expect(parsed.rejected).toEqual([]);
    const records = files.reduce((sum, one) => {
      const text = Buffer.from(one.bytes).toString("utf8");
      if (one.name.endsWith(".jsonl")) return sum + text.split("\n").filter((line) => line.trim() !== "").length;
      const value = JSON.parse(text) as unknown[] | { runs: { results: unknown[] }[] };
      return sum + (Array.isArray(value) ? value.length : value.runs.reduce((all, run) => all + run.results.length, 0));
    }, 0);
    expect(Object.values(parsed.totals).reduce((a, b) => a + b, 0)).toBe(records);
    expect(JSON.stringify([...parsed.observations])).not.toContain("CANARY-");
    const distinct = new Set(
      files.flatMap(
        (one) =>
          Buffer.from(one.bytes)
            .toString("utf8")
            .match(/CANARY-[0-9a-f]{12}/g) ?? [],
      ),
    );
    const credentials = ofKind(parsed, "credential");
    // gitleaks writes JSON and SARIF of the same finds: merged, there are about as many credentials as values.
    expect(credentials.length).toBeLessThanOrEqual(distinct.size);
    expect(credentials.length).toBeGreaterThan(distinct.size / 2);
  });

  it("reads the upstream samples, empty ones too", () => {
    const sample = (name: string) => read(`gitleaks-upstream/${name}`);
    expect(parse(sample("json_simple.json"), sample("sarif_simple.sarif"), sample("template_jsonextra.json")).totals).toEqual({
      gitleaks: 3,
    });
  });

  it("says of every tutorial SARIF what it left out, and breaks on none", () => {
    for (const name of readdirSync(new URL("sarif-tutorials/", shared)).filter((one) => one.endsWith(".sarif"))) {
      const parsed = parse(read(`sarif-tutorials/${name}`));
      const results = (
        JSON.parse(readFileSync(new URL(`sarif-tutorials/${name}`, shared), "utf8")) as { runs: { results?: unknown[] }[] | null }
      ).runs?.flatMap((run) => run.results ?? []);
      const landed = Object.values(parsed.totals).reduce((a, b) => a + b, 0);
      expect(landed + parsed.rejected.length, name).toBe(results?.length ?? 0);
    }
  });
});
