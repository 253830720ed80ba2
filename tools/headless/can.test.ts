import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runHere } from "./testing.ts";

const folder = resolve(import.meta.dirname, "../../../shared/data/aws-policy-evaluation");
const dir = mkdtempSync(join(tmpdir(), "rollcall-can-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const file = (name: string, content: unknown): string => {
  const path = join(dir, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

interface Case {
  readonly files: { readonly gaads: readonly string[]; readonly resources?: readonly string[]; readonly scps?: readonly string[] };
  /** Principal, action, resource; then context, an unused place, and whether nothing but the context may be assumed. */
  readonly inp: readonly [string, string, string, (readonly string[])?, null?, boolean?];
  readonly out: boolean;
}
const truth: readonly Case[] = existsSync(folder) ? JSON.parse(readFileSync(join(folder, "_truth.json"), "utf8")) : [];

describe.skipIf(truth.length === 0)("published answers (needs ../shared/data/aws-policy-evaluation)", () => {
  const named = truth.map((each, index) => ({ ...each, name: `${index + 1}: ${Object.values(each.files).flat().join(" + ")}` }));
  test.each(named)("$name", async ({ files, inp: [principal, action, resource, context = [], , strict = false], out }) => {
    const path = (name: string): string => join(folder, name);
    // Without `strict` the keys that are not given may have any value.
    const complete = strict || context.length > 0;
    const { code, stdout } = await runHere(
      "can",
      principal,
      action,
      resource,
      "--json",
      ...files.gaads.map(path),
      ...(files.scps ?? []).flatMap((name) => ["--scp", path(name)]),
      ...(files.resources ?? []).flatMap((name) => ["--resource-policy", path(name)]),
      ...context.flatMap((pair) => ["--context", pair]),
      ...(complete ? ["--full-context"] : []),
    );
    const { decision } = JSON.parse(stdout) as { decision: string };
    // One case asks for a user that its file does not have.
    const isThere = files.gaads.some((name) => readFileSync(path(name), "utf8").includes(principal));
    if (!isThere) {
      expect([out, decision]).toEqual([false, "unknown"]);
      return;
    }
    expect(out ? ["allowed", ...(complete ? [] : ["conditional"])] : ["implicitly_denied", "explicitly_denied"]).toContain(decision);
    expect(code).toBe(decision === "allowed" ? 0 : 1);
  });
});

const user = "arn:aws:iam::111122223333:user/ada";
const details = (statement: object): object => ({
  UserDetailList: [
    {
      Arn: user,
      UserName: "ada",
      UserId: "AIDAADA",
      UserPolicyList: [{ PolicyName: "own", PolicyDocument: { Version: "2012-10-17", Statement: [statement] } }],
    },
  ],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
});

describe("can", () => {
  const account = file("account.json", details({ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }));
  const deny = file("deny.json", { Version: "2012-10-17", Statement: [{ Sid: "No", Effect: "Deny", Action: "s3:*", Resource: "*" }] });

  test("names the statement that decides", async () => {
    const { code, stdout } = await runHere("can", user, "s3:GetObject", "arn:aws:s3:::b/k", account, "--full-context", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ decision: "allowed", statements: [{ statement: "Read", effect: "Allow" }] });
  });
  test("is told to people in the first line", async () => {
    const { code, stdout } = await runHere("can", user, "s3:PutObject", "arn:aws:s3:::b/k", account, "--full-context");
    expect([code, stdout.split("\n")[0]]).toEqual([1, "implicitly_denied"]);
  });
  test("every --scp is a level of its own", async () => {
    const allow = file("allow.json", { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
    const ask = (...scps: readonly string[]) =>
      runHere(
        "can",
        user,
        "s3:GetObject",
        "arn:aws:s3:::b/k",
        account,
        "--full-context",
        "--json",
        ...scps.flatMap((path) => ["--scp", path]),
      );
    expect(JSON.parse((await ask(allow, allow)).stdout)).toMatchObject({ decision: "allowed" });
    expect(JSON.parse((await ask(allow, deny)).stdout)).toMatchObject({ decision: "explicitly_denied", statements: [{ statement: "No" }] });
    const only = file("only.json", [[{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ec2:*", Resource: "*" }] }]]);
    expect(JSON.parse((await ask(allow, only)).stdout)).toMatchObject({ decision: "implicitly_denied" });
  });
  test("a context answers conditions; none leaves them open", async () => {
    const path = file(
      "conditions.json",
      details({
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1"] } },
      }),
    );
    const ask = async (...args: readonly string[]) =>
      JSON.parse((await runHere("can", user, "s3:GetObject", "arn:aws:s3:::b/k", path, "--json", ...args)).stdout).decision;
    expect(await ask()).toBe("conditional");
    expect(await ask("--context", "aws:RequestedRegion=eu-west-1")).toBe("allowed");
    expect(await ask("--context", "aws:RequestedRegion=us-east-1")).toBe("implicitly_denied");
  });
  test.each<[string, readonly string[], number]>([
    ["nothing named", ["can"], 2],
    ["no file", ["can", user, "s3:GetObject", "*"], 2],
    ["a context without a value", ["can", user, "s3:GetObject", "*", "ACCOUNT", "--context", "a"], 2],
    ["files beside questions", ["can", "--questions", "x", "ACCOUNT"], 2],
    ["a missing file", ["can", user, "s3:GetObject", "*", "missing.json"], 3],
    ["a missing level", ["can", user, "s3:GetObject", "*", "ACCOUNT", "--scp", "missing.json"], 3],
    ["missing questions", ["can", "--questions", "missing.jsonl"], 3],
    ["a folder of questions", ["can", "--questions", dir], 3],
  ])("%s", async (_name, args, code) => {
    const result = await runHere(...args.map((arg) => (arg === "ACCOUNT" ? account : arg)));
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("can --questions", () => {
  const question = (id: unknown, action: string, more: object = {}): string =>
    JSON.stringify({
      id,
      principal: user,
      action,
      resource: { arn: "arn:aws:s3:::b/k", account: "111122223333" },
      context: {},
      identityPolicies: [{ Version: "2012-10-17", Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:Get*", Resource: "*" }] }],
      ...more,
    });
  const ask = async (...lines: readonly string[]) => {
    const { code, stdout } = await runHere("can", "--questions", file("questions.jsonl", lines.join("\n")));
    return {
      code,
      answers: stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    };
  };

  test("answers line by line, in order", async () => {
    const { code, answers } = await ask(question("a", "s3:GetObject"), "", question(2, "s3:PutObject"), question("c", "s3:GetObject"));
    expect(code).toBe(0);
    expect(answers.map(({ id, decision }) => [id, decision])).toEqual([
      ["a", "allowed"],
      [2, "implicitly_denied"],
      ["c", "allowed"],
    ]);
    expect(answers[0].statements).toEqual([expect.objectContaining({ statement: "Read", effect: "Allow" })]);
  });
  test("goes on after lines that are no questions", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const { code, answers } = await ask(
      "{broken",
      "null",
      "[]",
      '"x"',
      deep,
      question("z", "s3:GetObject", { identityPolicies: [{ Statement: 7 }] }),
      question("a", "s3:GetObject"),
    );
    expect(code).toBe(1);
    expect(answers).toHaveLength(7);
    expect(answers[0]).toMatchObject({ id: null, decision: "invalid", line: 1, reason: expect.any(String) });
    expect(answers.slice(1, 6).map(({ decision }) => decision)).toEqual(Array(5).fill("invalid"));
    expect(answers[5].id).toBe("z");
    expect(answers[6]).toMatchObject({ id: "a", decision: "allowed" });
  });
});
