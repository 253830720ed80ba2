import { describe, expect, it } from "vitest";
import type { Observation } from "@rollcall/nhi-model";
import type { ImportFile, ParsedImport } from "@rollcall/posture-pipeline";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { awsConnector } from "./connector.ts";
import { organisationLevels } from "./organisation.ts";

const fixture = (name: string) => fixtureFile(new URL("./fixtures/", import.meta.url), name);
const details = fixture("authorization-details.json");
const json = (name: string, value: unknown): ImportFile => textFile(name, JSON.stringify(value));
const read = (...files: readonly ImportFile[]): ParsedImport => {
  for (const file of files) expect(awsConnector.recognise(file), file.name).toBe(true);
  const imports = awsConnector.parse(files, conformanceOptions);
  expect(imports).toHaveLength(1);
  return imports[0]!;
};
const stated = <K extends Observation["kind"]>(parsed: ParsedImport, dataset: string, kind: K): Extract<Observation, { kind: K }>[] =>
  [...parsed.observations].flatMap(({ scope, observation }) =>
    scope.dataset === dataset && observation.kind === kind ? [observation as Extract<Observation, { kind: K }>] : [],
  );
const policy = (resource: unknown) => JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: resource }] });

describe("policies of resources", () => {
  it.each<[string, ImportFile, string]>([
    ["a bucket by its statements", fixture("bucket-policy.json"), "arn:aws:s3:::artifacts"],
    ["a queue by its attributes", fixture("queue-attributes.json"), "arn:aws:sqs:eu-west-1:123456789012:builds"],
    [
      "a function without its version",
      json("f.json", { Policy: policy("arn:aws:lambda:eu-west-1:123456789012:function:build:3"), RevisionId: "r" }),
      "arn:aws:lambda:eu-west-1:123456789012:function:build",
    ],
    [
      "a secret by its ARN",
      json("s.json", { ARN: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-1", Name: "a", ResourcePolicy: policy("*") }),
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-1",
    ],
    [
      "a key by the name of the file",
      json("keys/arn%3Aaws%3Akms%3Aeu-west-1%3A123456789012%3Akey%2Fab-12.json", { Policy: policy("*"), PolicyName: "default" }),
      "arn:aws:kms:eu-west-1:123456789012:key/ab-12",
    ],
    [
      "an image repository by the name of the file",
      json("arn%3Aaws%3Aecr%3Aeu-west-1%3A123456789012%3Arepository%2Fshop%2Fapi.json", {
        registryId: "123456789012",
        repositoryName: "shop/api",
        policyText: policy("*"),
      }),
      "arn:aws:ecr:eu-west-1:123456789012:repository/shop/api",
    ],
  ])("%s", (_name, file, arn) => {
    const parsed = read(details, file);
    expect(parsed.rejected).toEqual([]);
    const [grant, ...others] = stated(parsed, "resource_policies", "grant");
    expect(others).toEqual([]);
    expect(grant).toMatchObject({ dialect: "aws_iam", grantKind: "resource_policy", from: arn, to: arn });
    expect(grant?.attributes).toHaveProperty("document.Statement");
    expect(stated(parsed, "resource_policies", "resource").map(({ ref }) => ref)).toEqual([arn]);
    // Something that is in the inventory is worth no less than something that policies merely name.
    expect(stated(parsed, "resource_policies", "resource")[0]?.sensitivity?.weight).toBeGreaterThan(0);
    expect(parsed.reports.find(({ scope }) => scope.dataset === "resource_policies")?.outcome).toBe("partial");
    expect(parsed.totals["resourcePolicies"]).toBe(1);
  });

  it("leaves the description of a listed resource to the listing", () => {
    const parsed = read(details, fixture("buckets.json"), fixture("bucket-policy.json"));
    expect(stated(parsed, "resource_policies", "resource")).toEqual([]);
    expect(stated(parsed, "resource_policies", "grant")).toHaveLength(1);
  });

  it("says so when it cannot tell whose policy it is", () => {
    const parsed = read(details, json("key.json", { Policy: policy("*") }));
    expect(parsed.rejected).toEqual([expect.objectContaining({ where: "key.json", code: "unattributable" })]);
  });

  it("keeps a damaged policy as one that nobody can read", () => {
    const parsed = read(
      details,
      json("q.json", { Attributes: { QueueArn: "arn:aws:sqs:eu-west-1:123456789012:builds", Policy: '{"Statement":[' } }),
    );
    expect(parsed.rejected).toEqual([expect.objectContaining({ code: "invalid_policy" })]);
    expect(stated(parsed, "resource_policies", "grant")[0]?.attributes).toEqual({ documentMissing: true });
  });
});

describe("an organisation", () => {
  it("tells service from resource control policies, and leaves out what limits no permission", () => {
    const policy = (type: string, Effect: string) => ({
      Arn: `arn:aws:organizations::555566667777:policy/o-shop1/${type}/p-${type.slice(0, 3)}`,
      Name: type,
      Content: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect, Action: "*", Resource: "*", ...(type.startsWith("resource") ? { Principal: "*" } : {}) }],
      }),
    });
    const tree = {
      Id: "r-shop",
      Arn: "arn:aws:organizations::555566667777:root/o-shop1/r-shop",
      Policies: [policy("service_control_policy", "Allow"), policy("resource_control_policy", "Deny"), policy("tag_policy", "Allow")],
      Children: [{ Id: "123456789012", Arn: "arn:aws:organizations::555566667777:account/o-shop1/123456789012", Policies: [] }],
    };
    const parsed = read(details, { ...fixture("organisation.json"), bytes: new TextEncoder().encode(JSON.stringify(tree)) });
    expect(
      stated(parsed, "organisation", "grant").map(({ grantKind, to, attributes }) => [
        grantKind,
        to.split("/").at(-1),
        attributes["level"],
      ]),
    ).toEqual([
      ["rcp", "p-res", 0],
      ["scp", "p-ser", 0],
    ]);
    expect(organisationLevels(tree, "123456789012")?.map((level) => level.length)).toEqual([1, 0]);
  });
  it("limits the accounts that are in the import, level by level", () => {
    const parsed = read(details, fixture("organisation.json"));
    expect(parsed.rejected).toEqual([]);
    expect(
      stated(parsed, "organisation", "grant").map(({ from, to, attributes }) => [from, to.split("/").at(-1), attributes["level"]]),
    ).toEqual([
      ["aws:account:123456789012", "p-builds00", 1],
      ["aws:account:123456789012", "p-FullAWSAccess", 0],
    ]);
    expect(stated(parsed, "organisation", "resource").map(({ attributes }) => "document" in attributes)).toEqual([true, true]);
    expect(parsed.reports.find(({ scope }) => scope.dataset === "organisation")?.outcome).toBe("complete");
  });

  it("opens its accounts when it comes alone", () => {
    const imports = awsConnector.parse([fixture("organisation.json")], conformanceOptions);
    expect(imports.map(({ account }) => account)).toEqual(["123456789012", "999988887777"]);
  });

  it("is no answer when only a policy is given, without its targets", () => {
    const described = json("p.json", { Policy: { PolicySummary: { Id: "p-1", Name: "x" }, Content: "{}" } });
    expect(awsConnector.parse([described], conformanceOptions)[0]?.rejected).toEqual([expect.objectContaining({ code: "unattributable" })]);
  });

  it("gives levels to whoever asks for one account, from every shape of file", () => {
    const document = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const tree = JSON.parse(new TextDecoder().decode(fixture("organisation.json").bytes));
    expect(organisationLevels(tree, "123456789012")?.map((level) => level.length)).toEqual([1, 1, 0]);
    expect(organisationLevels(tree, "000000000000")?.map((level) => level.length)).toEqual([1]);
    expect(organisationLevels(tree, "555566667777"), "the account that manages it").toEqual([]);
    expect(organisationLevels(document, null)).toEqual([[document]]);
    expect(organisationLevels([document, document], null)).toEqual([[document, document]]);
    expect(organisationLevels([[document], [document]], null)).toEqual([[document], [document]]);
    const described = { Policy: { PolicySummary: { Id: "p-1" }, Content: JSON.stringify(document) } };
    expect(organisationLevels(described, null)).toEqual([[document]]);
    expect(organisationLevels({ hello: 1 }, null)).toBeNull();
    expect(organisationLevels("text", null)).toBeNull();
  });
});

describe("iam list-access-keys", () => {
  it("gives the keys of the credential report their ids, and leaves out those it does not know", () => {
    const parsed = read(details, fixture("credential-report.csv"), fixture("access-keys.json"));
    expect(stated(parsed, "access_keys", "credential").map(({ ref, name }) => [ref, name])).toEqual([
      ["arn:aws:iam::123456789012:user/deploy-bot#access_key/1", "Access key AKIAEXAMPLEDEPLOY001"],
    ]);
    expect(parsed.notes.join()).toContain("1 listed access keys match no key");
    expect(parsed.totals["accessKeys"]).toBe(2);
  });

  it("knows keys by their ids without a report", () => {
    const parsed = read(details, fixture("access-keys.json"));
    expect(stated(parsed, "access_keys", "credential").map(({ ref, facts }) => [ref.split("#")[1], facts["status"]])).toEqual([
      ["access_key/AKIAEXAMPLEDEPLOY001", "active"],
      ["access_key/AKIAEXAMPLEDEPLOY002", "inactive"],
    ]);
  });
});

describe("the trust policy of a role that cannot be read", () => {
  it("is stated as one that is not known, beside the rejection", () => {
    const role = { RoleName: "r", Arn: "arn:aws:iam::123456789012:role/r", AssumeRolePolicyDocument: "{ not json" };
    const parsed = read(json("details.json", { UserDetailList: [], GroupDetailList: [], RoleDetailList: [role], Policies: [] }));
    expect(parsed.rejected).toMatchObject([{ code: "invalid_policy" }]);
    expect(stated(parsed, "roles", "grant")).toMatchObject([{ grantKind: "trust", from: role.Arn, attributes: { documentMissing: true } }]);
  });
});
