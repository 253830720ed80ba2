import { describe, expect, it } from "vitest";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import { managedPolicy } from "./aws/managed-policy-catalogue.ts";
import { openImport } from "./registry.ts";
import { conformanceOptions, sharedFiles } from "./testing/index.ts";

const account = sharedFiles("aws-account-small");
const labs = sharedFiles("aws-privesc-labs")?.filter(({ name }) => name.endsWith(".gaad.json")) ?? null;
const manifests = sharedFiles("k8s-manifests")?.filter(({ name }) => name.endsWith(".json")) ?? null;
const policies = sharedFiles("aws-managed-policies")?.find(({ name }) => name === "policies.jsonl") ?? null;
const json = (file: { bytes: Uint8Array }) => JSON.parse(new TextDecoder().decode(file.bytes));
const count = (parsed: ParsedImport, dataset: string, kind: string): number =>
  [...parsed.observations].filter(({ scope, observation }) => scope.dataset === dataset && observation.kind === kind).length;
/** One string and a list of one mean the same: compare what is named. */
const actionsOf = (statement: unknown): readonly string[] =>
  [...new Set([statement].flat().flatMap((part) => [(part as { Action?: string | string[] }).Action ?? []].flat()))].sort();

describe.skipIf(account === null)("published exports of small AWS accounts", () => {
  it("reads the folder of one account: totals are the files' own and nothing is rejected", () => {
    const imports = openImport(
      (account ?? []).filter(({ name }) => name.startsWith("cloudmapper-demo/")),
      conformanceOptions,
    );
    expect(imports).toHaveLength(1);
    const [parsed] = imports as [ParsedImport];
    expect(parsed.rejected).toEqual([]);
    expect(parsed.totals).toEqual({
      users: 2,
      groups: 1,
      roles: 4,
      policies: 2,
      credentialReportUsers: 3,
      lastAccessedReports: 4,
      functions: 1,
      buckets: 1,
      secrets: 1,
      resourcePolicies: 6,
    });
    expect([
      count(parsed, "users", "identity"),
      count(parsed, "roles", "identity"),
      count(parsed, "credential_report", "identity"),
      count(parsed, "groups", "resource"),
      count(parsed, "policies", "resource"),
    ]).toEqual([2, 4, 3, 1, 2]);
    expect(count(parsed, "last_accessed", "identity")).toBe(4);
  });
  it.each((account ?? []).filter(({ name }) => /cloudsplaining\/.*(?:authz|mismatch).*\.json$/.test(name)))("reads $name", (file) => {
    const data = json(file);
    const [parsed] = openImport([file], conformanceOptions) as [ParsedImport];
    expect(parsed.rejected).toEqual([]);
    const size = (list: string): number => data[list]?.length ?? 0;
    expect(parsed.totals).toEqual({
      users: size("UserDetailList"),
      groups: size("GroupDetailList"),
      roles: size("RoleDetailList"),
      policies: size("Policies"),
    });
    expect(count(parsed, "users", "identity") + count(parsed, "roles", "identity")).toBe(size("UserDetailList") + size("RoleDetailList"));
  });
});

describe.skipIf(labs === null)("escalation scenarios", () => {
  it.each(labs ?? [])("reads $name", (file) => {
    const data = json(file);
    const [parsed] = openImport([file], conformanceOptions) as [ParsedImport];
    expect(parsed.rejected).toEqual([]);
    expect(count(parsed, "users", "identity")).toBe(data.UserDetailList.length);
    expect(count(parsed, "roles", "identity")).toBe(data.RoleDetailList.length);
    const documents = [...parsed.observations].flatMap(({ observation }) =>
      observation.kind === "resource" && observation.resourceKind === "policy" ? [observation.attributes] : [],
    );
    for (const attributes of documents) expect(attributes).toHaveProperty("document.Statement");
  });
});

describe.skipIf(manifests === null)("published Kubernetes packages", () => {
  it.each(manifests ?? [])("reads $name", (file) => {
    const items = json(file).items as { kind: string; data?: Record<string, string> }[];
    const [parsed] = openImport([file], conformanceOptions) as [ParsedImport];
    expect(parsed.rejected).toEqual([]);
    expect(parsed.totals).toEqual(
      Object.fromEntries(
        [...Map.groupBy(items, ({ kind }) => kind)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, list]) => [kind, list.length]),
      ),
    );
    expect(count(parsed, "service_accounts", "identity")).toBe(items.filter(({ kind }) => kind === "ServiceAccount").length);
    expect(count(parsed, "secrets", "resource")).toBe(items.filter(({ kind }) => kind === "Secret").length);
    const written = JSON.stringify([...parsed.observations]);
    for (const secret of items.filter(({ kind }) => kind === "Secret")) {
      for (const value of Object.values(secret.data ?? {}).filter((text) => text.length > 8)) {
        expect(written).not.toContain(value);
        expect(written).not.toContain(JSON.stringify(Buffer.from(value, "base64").toString("utf8")).slice(1, -1));
      }
    }
  });
});

describe.skipIf(policies === null)("policies that AWS maintains", () => {
  it("resolves nearly every policy of an independent snapshot", () => {
    const snapshot = new TextDecoder()
      .decode(policies?.bytes)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { arn: string | null; version: string; document: { Statement: unknown } })
      .flatMap(({ arn, ...rest }) => (arn === null ? [] : [{ arn, ...rest }]));
    const found = snapshot.filter(({ arn }) => managedPolicy(arn) !== null);
    expect(snapshot.length).toBeGreaterThan(1_000);
    expect(found.length / snapshot.length).toBeGreaterThan(0.9);
    const sameVersion = found.filter(({ arn, version }) => managedPolicy(arn)?.versionId === version);
    for (const { arn, document } of sameVersion)
      expect(actionsOf(managedPolicy(arn)?.document["Statement"]), arn).toEqual(actionsOf(document.Statement));
    expect(sameVersion.length).toBeGreaterThan(500);
  });
});
