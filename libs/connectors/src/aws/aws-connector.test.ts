import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CredentialObservation, GrantObservation, IdentityObservation, Observation, ResourceObservation } from "@rollcall/nhi-model";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { awsConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const fixture = (name: string) => fixtureFile(fixtures, name);
const iam = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;
const everything = [
  "authorization-details.json",
  "credential-report.json",
  "last-accessed-job-release.json",
  "11112222-3333-4444-5555-666677778888.json",
  "functions.json",
  "secrets.json",
  "buckets.json",
].map(fixture);

const only = (names: readonly ReturnType<typeof fixture>[], options = conformanceOptions): ParsedImport => {
  const imports = awsConnector.parse(names, options);
  expect(imports).toHaveLength(1);
  return imports[0] as ParsedImport;
};
const all = <K extends Observation["kind"]>(parsed: ParsedImport, kind: K): Extract<Observation, { kind: K }>[] =>
  [...parsed.observations]
    .map(({ observation }) => observation)
    .filter((stated): stated is Extract<Observation, { kind: K }> => stated.kind === kind);
const identityIn = (parsed: ParsedImport, dataset: string, ref: string): IdentityObservation | undefined =>
  [...parsed.observations].find(
    ({ scope, observation }) => scope.dataset === dataset && observation.kind === "identity" && observation.ref === ref,
  )?.observation as IdentityObservation | undefined;

describe("what the authorization details say", () => {
  const parsed = only([fixture("authorization-details.json")]);

  it("counts what the file lists", () => {
    expect(parsed.totals).toEqual({ users: 2, groups: 1, roles: 4, policies: 2 });
    expect(all(parsed, "identity")).toHaveLength(6);
  });
  it("reads tags into facts and ownership", () => {
    const bot = identityIn(parsed, "users", iam("user/deploy-bot"));
    expect(bot).toMatchObject({
      nativeId: "AIDAEXAMPLEDEPLOYBOT1",
      identityKind: "service_account",
      facts: { environment: "prod", purpose: "Publishes build artifacts", status: "active" },
    });
    expect(all(parsed, "owner")).toEqual([
      expect.objectContaining({ identityRef: iam("role/release"), ownerKind: "team", label: "release engineering" }),
      expect.objectContaining({ identityRef: iam("user/deploy-bot"), ownerKind: "person", personRef: "jo.park@example.com" }),
    ]);
  });
  it("leaves what the credential report would answer unknown", () => {
    expect(identityIn(parsed, "users", iam("user/deploy-bot"))?.facts).toMatchObject({
      "auth.interactiveLoginEnabled": { unknown: "not_collected" },
      "usage.lastUsedAt": { unknown: "not_collected" },
    });
  });
  it("tells a role never used from a role whose use is not in the export", () => {
    const unused = identityIn(parsed, "roles", iam("role/vendor-audit"))?.facts ?? {};
    expect(unused["usage.observedDays"]).toBe(400);
    expect(unused).not.toHaveProperty("usage.lastUsedAt");
    expect(identityIn(parsed, "roles", iam("role/web"))?.facts["usage.observedDays"]).toEqual({ unknown: "not_collected" });
  });
  it("describes who a role lets in", () => {
    const trustOf = (role: string): unknown => identityIn(parsed, "roles", iam(role))?.facts["trust"];
    expect(trustOf("role/release")).toEqual([{ kind: "oidc", issuerShared: true, subjectMatch: "wildcard", audiencePinned: false }]);
    expect(trustOf("role/vendor-audit")).toEqual([{ kind: "cross_account", external: true, externalIdRequired: false }]);
    expect(trustOf("role/web")).toEqual([]);
    expect(identityIn(parsed, "roles", iam("role/release"))?.facts["pipeline.isPipeline"]).toBe(true);
    expect(identityIn(parsed, "roles", iam("role/vendor-audit"))?.facts["thirdParty.external"]).toBe(true);
    expect(identityIn(parsed, "roles", iam("role/web"))?.facts).toMatchObject({
      "auth.interactiveLoginEnabled": false,
      "auth.methods": ["instance_profile"],
      "thirdParty.external": false,
    });
  });
  it("has every edge the graph needs", () => {
    const grants = all(parsed, "grant").map((grant: GrantObservation) => `${grant.grantKind} ${grant.from} ${grant.to}`);
    expect(grants).toContain(`membership ${iam("user/deploy-bot")} ${iam("group/deployers")}`);
    expect(grants).toContain(`boundary ${iam("user/deploy-bot")} ${iam("policy/ceiling")}`);
    expect(grants).toContain(`attached_policy ${iam("user/deploy-bot")} ${iam("user/deploy-bot")}#inline/artifacts`);
    expect(grants).toContain(`trust ${iam("role/web")} ${iam("role/web")}`);
  });
  it("takes the default version of a policy, encoded or not, and looks up what AWS maintains", () => {
    const policy = (ref: string): ResourceObservation | undefined => all(parsed, "resource").find((resource) => resource.ref === ref);
    expect(policy(iam("policy/shop"))?.attributes).toMatchObject({
      documentSource: "export",
      document: { Statement: [{ Action: ["dynamodb:GetItem"] }] },
    });
    expect(policy("arn:aws:iam::aws:policy/AdministratorAccess")?.attributes).toMatchObject({
      documentSource: "aws-managed-catalogue",
      document: { Statement: [{ Action: "*", Resource: "*" }] },
    });
    expect(policy("arn:aws:iam::aws:policy/NoSuchPolicyAnywhere")?.attributes).toMatchObject({ documentMissing: true });
    expect(parsed.notes.join(" ")).toContain("NoSuchPolicyAnywhere");
  });
  it("drops ids that two entries share", () => {
    const data = JSON.parse(new TextDecoder().decode(fixture("authorization-details.json").bytes)) as {
      RoleDetailList: { RoleId: string }[];
    };
    for (const role of data.RoleDetailList) role.RoleId = "AROA...";
    const ids = all(only([textFile("edited.json", JSON.stringify(data))]), "identity")
      .filter((identity) => identity.identityKind === "role")
      .map((identity) => identity.nativeId);
    expect(ids).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe("what the credential report says", () => {
  const parsed = only([fixture("credential-report.json")]);
  const credential = (ref: string): CredentialObservation | undefined =>
    all(parsed, "credential").find((candidate) => candidate.ref === ref);

  it("takes its date from the report", () => {
    expect(parsed).toMatchObject({ asOf: "2026-11-01T08:00:00.000Z", asOfBasis: "file_content" });
  });
  it("lists keys that exist, active or not, and no empty slots", () => {
    expect(credential(iam("user/deploy-bot#access_key/1"))?.facts).toMatchObject({
      status: "active",
      createdAt: "2024-02-01T09:00:10.000Z",
      lastUsedAt: "2026-10-31T22:14:00.000Z",
      hasExpiry: false,
      storage: { unknown: "not_collected" },
    });
    expect(credential(iam("user/deploy-bot#access_key/2"))?.facts).toMatchObject({ status: "inactive" });
    expect(credential(iam("user/legacy/report-export#access_key/2"))).toBeUndefined();
    expect(
      all(parsed, "credential")
        .map(({ credentialKind }) => credentialKind)
        .sort(),
    ).toEqual(["access_key", "access_key", "access_key", "password", "x509_certificate"]);
  });
  it("knows the root user and that it owns the account", () => {
    expect(identityIn(parsed, "credential_report", iam("root"))).toMatchObject({
      identityKind: "platform",
      facts: { "auth.interactiveLoginEnabled": true },
    });
    expect(all(parsed, "grant")).toEqual([
      expect.objectContaining({ dialect: "direct", grantKind: "OWNS", from: iam("root"), to: "aws:account:123456789012" }),
    ]);
  });
  it("reaches back only to the oldest active credential", () => {
    const facts = identityIn(parsed, "credential_report", iam("user/legacy/report-export"))?.facts ?? {};
    expect(facts).not.toHaveProperty("usage.lastUsedAt");
    expect(facts["usage.observedDays"]).toBe(2509);
    expect(facts["auth.methods"]).toEqual(["static_key", "password"]);
  });
});

describe("several exports at once", () => {
  const parsed = only(everything);

  it("agrees with itself on use across datasets", () => {
    for (const dataset of ["roles", "last_accessed"]) {
      expect(identityIn(parsed, dataset, iam("role/release"))?.facts).toMatchObject({
        "usage.lastUsedAt": "2026-10-31T10:00:00.000Z",
        "usage.observedDays": 400,
      });
    }
    expect(identityIn(parsed, "users", iam("user/deploy-bot"))?.facts).toMatchObject({ "usage.lastUsedAt": "2026-10-31T22:14:00.000Z" });
  });
  it("states services that were never called, too", () => {
    const services = all(parsed, "usage").filter((use) => use.identityRef === iam("role/release"));
    expect(services.map(({ service, lastUsedAt }) => [service, lastUsedAt])).toEqual([
      ["iam", undefined],
      ["s3", "2026-10-31T10:00:00.000Z"],
    ]);
  });
  it("gives everything that is listed a weight", () => {
    const listed = all(parsed, "resource").filter(({ resourceKind }) => ["data_store", "secret", "function"].includes(resourceKind ?? ""));
    expect(listed.length).toBeGreaterThan(2);
    for (const { ref, sensitivity } of listed) expect(sensitivity?.weight, ref).toBeGreaterThan(0);
  });
  it("gives buckets, which name no account, to the only account", () => {
    expect(all(parsed, "resource").find((resource) => resource.ref === "arn:aws:s3:::artifacts")?.account).toBe("123456789012");
  });
  it("keeps names of environment variables, not values", () => {
    expect(all(parsed, "resource").find((resource) => resource.resourceKind === "function")?.attributes["environmentVariables"]).toEqual([
      "DB_PASSWORD",
      "LOG_LEVEL",
    ]);
  });
  it("says so when last-accessed data names nobody", () => {
    const [first] = awsConnector.parse([fixture("last-accessed-unnamed.json")], conformanceOptions);
    expect(first?.rejected).toEqual([expect.objectContaining({ where: "last-accessed-unnamed.json", code: "unattributable" })]);
  });
  it("puts a date that the sender gives above everything", () => {
    expect(only(everything, { ...conformanceOptions, asOf: "2026-11-05" })).toMatchObject({
      asOf: "2026-11-05T00:00:00.000Z",
      asOfBasis: "given",
    });
  });
});

describe("other shapes of the same exports", () => {
  const details = JSON.parse(readFileSync(new URL("authorization-details.json", fixtures), "utf8")) as Record<string, unknown[]>;
  const { UserDetailList, ...rest } = details;
  const pages = [
    { UserDetailList, IsTruncated: true, Marker: "more" },
    { ...rest, IsTruncated: false },
  ];
  const refs = (parsed: ParsedImport): string[] =>
    all(parsed, "identity")
      .map(({ ref }) => ref)
      .sort();
  const whole = refs(only([fixture("authorization-details.json")]));

  it.each([
    ["pages in a list", JSON.stringify(pages)],
    ["pages one after the other", pages.map((page) => JSON.stringify(page, null, 2)).join("\r\n")],
    ["a byte order mark and Windows line ends", `\uFEFF${JSON.stringify(details, null, 2).replaceAll("\n", "\r\n")}`],
  ])("%s", (_name, text) => {
    const file = textFile("details.json", text);
    expect(awsConnector.recognise(file)).toBe(true);
    expect(refs(only([file]))).toEqual(whole);
  });
  it("a list with something else in it is not ours", () => {
    expect(awsConnector.recognise(textFile("list.json", JSON.stringify([...pages, { kind: "Pod" }])))).toBe(false);
    expect(awsConnector.recognise(textFile("list.json", "[]"))).toBe(false);
  });
  it("columns that newer reports have at the end", () => {
    const csv = readFileSync(new URL("credential-report.csv", fixtures), "utf8").trim().split("\n");
    const wider = csv.map(
      (line, index) => `${line},${index === 0 ? "additional_credentials_info" : index === 2 ? '"2 more, both inactive"' : ""}`,
    );
    const read = (lines: readonly string[]): string[] => refs(only([textFile("report.csv", lines.join("\r\n"))]));
    expect(read(wider)).toEqual(read(csv));
    expect(only([textFile("report.csv", wider.join("\n"))]).rejected).toEqual([]);
  });
});
