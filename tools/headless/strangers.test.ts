import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exitCodes } from "./exit.ts";
import { analyseHere, runHere } from "./testing.ts";

let folder = "";
const put = (name: string, text: string): void => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-strangers-"));
  for (let index = 0; index < 30; index += 1) put(`repo/src/${index}.json`, "{}");
  put("repo/LICENSE", "A licence.");
  put("mixed/LICENSE", "A licence.");
  put("mixed/details.json", '{"UserDetailList": [');
  put("read/src/a.json", "{}");
  put("read/src/b.json", "{}");
  put("read/README.md", "Words.");
  const user = { UserName: "u", UserId: "AIDAU", Arn: "arn:aws:iam::111122223333:user/u", Path: "/", CreateDate: "2026-01-01T00:00:00Z" };
  put("read/details.json", JSON.stringify({ UserDetailList: [user], GroupDetailList: [], RoleDetailList: [], Policies: [] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("who names nothing that is read hears how much there was and what is read", async () => {
  const { code, stderr } = await runHere("analyse", join(folder, "repo"));
  expect(code).toBe(exitCodes.unreadable);
  expect(stderr).toContain("Nothing could be read: repo/LICENSE and 30 more are none of the exports that are read. Accepted are ");
  expect(stderr).toContain("get-account-authorization-details");
});

it("a damaged export is named before the files beside it", async () => {
  const { code, stderr } = await runHere("analyse", join(folder, "mixed"));
  expect(code).toBe(exitCodes.unreadable);
  expect(stderr).toContain("mixed/details.json: ");
});

it("files that are none are counted by folder on the screen and listed one by one as JSON", async () => {
  const { stdout } = await runHere("analyse", join(folder, "read"));
  expect(stdout).toContain("  none of the exports that are read\n    read/README.md\n    read/src: 2 files\n");
  expect(stdout).not.toContain("not readable");
  const { report } = await analyseHere(join(folder, "read"));
  expect(report.unknown.unreadable.map(({ where, message }) => `${where} ${message}`)).toEqual(
    ["README.md", "src/a.json", "src/b.json"].map((name) => `read/${name} is none of the exports that are read`),
  );
});
