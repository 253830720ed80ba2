import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { analyseHere } from "./testing.ts";

let folder = "";
const put = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return join(folder, name);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-at-least-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const account = "111122223333";
const user = { UserName: "ci", UserId: "AIDACI", Arn: `arn:aws:iam::${account}:user/ci`, Path: "/", CreateDate: "2026-01-01T00:00:00Z" };
const listing = { UserDetailList: [user], GroupDetailList: [], RoleDetailList: [], Policies: [] };
const called = { FunctionName: "f", FunctionArn: `arn:aws:lambda:eu-west-1:${account}:function:f`, Role: `arn:aws:iam::${account}:role/f` };

it("numbers are lower bounds once a source behind them was listed in part", async () => {
  const details = put("details.json", listing);
  const functions = put("functions.json", { Functions: [called] });
  const atLeast = async (...files: readonly string[]) =>
    (await analyseHere(...files)).report.identities.map(({ ref, blastRadius }) => [ref, blastRadius.atLeast]);
  expect(await atLeast(details)).toEqual([[user.Arn, false]]);
  expect(await atLeast(details, functions)).toEqual([[user.Arn, true]]);
});
