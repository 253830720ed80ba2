import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyseHere } from "./testing.ts";

const iam = (rest: string): string => `arn:aws:iam::111122223333:${rest}`;
const document = (Action: string | string[], Resource = "*"): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const created = { Path: "/", CreateDate: "2026-01-15T00:00:00Z" };

/** A user whose policy was cut down once: its first version allows everything. */
const details = (isDefault: "v1" | "v2", permission: string): object => ({
  UserDetailList: [
    {
      ...created,
      UserName: "start",
      UserId: "AIDASTART",
      Arn: iam("user/start"),
      GroupList: [],
      UserPolicyList: [{ PolicyName: "own", PolicyDocument: document(permission, iam("policy/work")) }],
      AttachedManagedPolicies: [{ PolicyName: "work", PolicyArn: iam("policy/work") }],
    },
  ],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [
    {
      ...created,
      PolicyName: "work",
      PolicyId: "ANPAWORK",
      Arn: iam("policy/work"),
      DefaultVersionId: isDefault,
      AttachmentCount: 1,
      PolicyVersionList: [
        { VersionId: "v2", IsDefaultVersion: isDefault === "v2", Document: document("s3:ListAllMyBuckets") },
        // As the API writes it.
        { VersionId: "v1", IsDefaultVersion: isDefault === "v1", Document: encodeURIComponent(JSON.stringify(document("*"))) },
      ],
    },
  ],
});

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-versions-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function analysed(...about: Parameters<typeof details>) {
  const name = join(folder, "details.json");
  writeFileSync(name, JSON.stringify(details(...about)));
  const { report } = await analyseHere(name);
  return report;
}

test("an older version that allows everything is a way to the account for who may put it in force", async () => {
  const { escalationPaths } = await analysed("v2", "iam:SetDefaultPolicyVersion");
  expect(escalationPaths).toHaveLength(1);
  const [path] = escalationPaths;
  expect(path).toMatchObject({ from: iam("user/start"), to: iam("root"), certain: true, techniques: ["set-policy-version"] });
  expect(path?.hops).toHaveLength(1);
  expect(path?.hops[0]?.facts.map(({ ref }) => ref)).toContain(iam("policy/work"));
});

test("it is none for who may only read the versions, and nothing to gain when it is in force", async () => {
  expect((await analysed("v2", "iam:GetPolicyVersion")).escalationPaths).toEqual([]);
  const { escalationPaths, administrators } = await analysed("v1", "iam:SetDefaultPolicyVersion");
  expect([escalationPaths.length, administrators.map(({ ref }) => ref)]).toEqual([0, [iam("user/start")]]);
});
