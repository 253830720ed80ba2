import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { analyseHere, runHere } from "./testing.ts";

const folder = mkdtempSync(join(tmpdir(), "rollcall-scp-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
};
const account = "111122223333";
const iam = (rest: string): string => `arn:aws:iam::${account}:${rest}`;
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const statement = (Effect: string, Action: string, rest: object = {}): object => ({ Effect, Action, Resource: "*", ...rest });
const user = (name: string): object => ({
  Arn: iam(`user/${name}`),
  UserName: name,
  UserId: `AIDA${name.toUpperCase()}`,
  CreateDate: "2026-01-15T00:00:00Z",
  GroupList: [],
  Tags: [],
  UserPolicyList: [{ PolicyName: "own", PolicyDocument: document(statement("Allow", "iam:AttachUserPolicy")) }],
});
const details = file("details.json", { UserDetailList: [user("ada")], GroupDetailList: [], RoleDetailList: [], Policies: [] });
const all = document(statement("Allow", "*"));
const noIam = document(statement("Deny", "iam:*"));
const tree = (id: string, ...policies: object[]): object => ({
  Id: "r-ab12",
  Arn: `arn:aws:organizations::${id}:root/o-abcdefghij/r-ab12`,
  Policies: [{ Id: "p-FullAWSAccess", Arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", Content: all }],
  Children: [
    { Id: account, Policies: policies.map((Content, index) => ({ Arn: `arn:aws:organizations::${id}:policy/o-a/p-${index}`, Content })) },
  ],
});

async function paths(...levels: readonly unknown[]): Promise<string[]> {
  const files = levels.map((level, index) => file(`level-${index}.json`, level));
  const { report } = await analyseHere(details, ...files.flatMap((path) => ["--scp", path]));
  return report.escalationPaths.map(({ certain }) => (certain ? "certain" : "conditional"));
}

describe("analyse --scp", () => {
  test.each<[string, readonly unknown[], readonly string[]]>([
    ["nothing", [], ["certain"]],
    ["everything", [all], ["certain"]],
    ["a deny", [[all, noIam]], []],
    ["a level that leaves it out", [all, document(statement("Allow", "s3:*"))], []],
    ["levels in one file", [[[all], [noIam]]], []],
    [
      "a deny for somebody else",
      [[all, document(statement("Deny", "iam:*", { Condition: { StringEquals: { "aws:username": "bob" } } }))]],
      ["certain"],
    ],
    [
      "a deny without a second factor",
      [[all, document(statement("Deny", "iam:*", { Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } }))]],
      ["conditional"],
    ],
    ["an organisation", [tree("555566667777", all, noIam)], []],
    ["an organisation that leaves it alone", [tree("555566667777", all)], ["certain"]],
    ["the organisation that the account manages", [tree(account, all, noIam)], ["certain"]],
  ])("%s", async (_name, levels, found) => {
    expect(await paths(...levels)).toEqual(found);
  });
  test("stands below what the exports bring along", async () => {
    const { report } = await analyseHere(
      details,
      file("organisation.json", tree("555566667777", all)),
      "--scp",
      file("deny.json", [all, noIam]),
    );
    expect(report.escalationPaths).toEqual([]);
  });
  test("something that is no policy is refused", async () => {
    const { code, stderr } = await runHere("analyse", details, "--scp", file("none.json", { a: 1 }));
    expect([code, stderr]).toEqual([3, expect.stringContaining("--scp")]);
  });
});
