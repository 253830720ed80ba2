import { existsSync, readdirSync, readFileSync } from "node:fs";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { AppError } from "@rollcall/platform";
import { openImport } from "./registry.ts";
import { connectors } from "./index.ts";
import { conformanceOptions, fixtureFile } from "./testing/index.ts";
import { textFile } from "./testing/fixture-file.ts";

const read = (path: string) => fixtureFile(new URL("./", import.meta.url), path).bytes;

describe("openImport", () => {
  it("sorts a mixed zip by source and account", () => {
    const archive = zipSync({
      "aws/details.json": read("aws/fixtures/authorization-details.json"),
      "aws/report.csv": read("aws/fixtures/credential-report.csv"),
      "clusters/blue.json": read("kubernetes/fixtures/blue.json"),
      "push/runners.ndjson": read("push/fixtures/runners.ndjson"),
      "README.txt": new TextEncoder().encode("hello"),
    });
    const imports = openImport([{ name: "all.zip", bytes: archive, modifiedAt: null }], conformanceOptions);
    expect(imports.map(({ connector, account }) => `${connector} ${account}`)).toEqual([
      "push build-farm/acme",
      "aws 123456789012",
      "kubernetes blue",
    ]);
    expect(imports[0]?.notes.join()).toContain("1 files were not recognised and left out: all.zip/README.txt");
  });
  it("says what it accepts when it recognises nothing", () => {
    const attempt = () => openImport([textFile("notes.txt", "hello")], conformanceOptions);
    expect(attempt).toThrow(AppError);
    expect(attempt).toThrow(/notes\.txt.*get-account-authorization-details.*kubectl get/s);
  });
  it("refuses an empty upload", () => {
    expect(() => openImport([textFile("empty.json", "")], conformanceOptions)).toThrow(/empty/);
  });
  it("gives every connector a manifest to derive forms and coverage from", () => {
    expect(new Set(connectors.map(({ manifest }) => manifest.id)).size).toBe(connectors.length);
    for (const { manifest } of connectors) {
      expect(manifest.datasets.length).toBeGreaterThan(0);
      expect(manifest.howToExport.length).toBeGreaterThan(0);
    }
  });
  it("knows the connector of every folder that has one", () => {
    // What Rollcall says about itself comes from its own database, never from a file that somebody sends.
    const ownWord = "self";
    const registry = readFileSync(new URL("./registry.ts", import.meta.url), "utf8");
    const folders = readdirSync(new URL("./", import.meta.url)).filter(
      (name) => name !== ownWord && existsSync(new URL(`./${name}/connector.ts`, import.meta.url)),
    );
    expect(folders.filter((name) => !registry.includes(`"./${name}/connector.ts"`))).toEqual([]);
    expect(connectors).toHaveLength(folders.length);
  });
  it("asks for no right that reads data or changes anything", () => {
    const policy = JSON.parse(connectors.find(({ manifest }) => manifest.id === "aws")?.manifest.leastPrivilegePolicy ?? "{}") as {
      Statement: { Effect: string; Action: string[] }[];
    };
    const allowed = policy.Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
    for (const action of allowed)
      expect(action).toMatch(
        // Policies and attributes say who may reach a thing, nothing of what is in it.
        /^[a-z0-9]+:(?:Get(?:AccountAuthorizationDetails|CredentialReport|ServiceLastAccessedDetails|(?:Bucket|Key|Repository|Resource)?Policy|(?:Queue|Topic)Attributes)|Generate(?:CredentialReport|ServiceLastAccessedDetails)|DescribePolicy|List\w+)$/,
      );
  });
});
