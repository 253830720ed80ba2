import { AppError } from "@rollcall/platform";
import { expect, test } from "vitest";
import { DiskTrouble } from "./disk-trouble.ts";

test.each([
  [Object.assign(new Error("could not extend file"), { code: "53100" }), true],
  [new AppError("unavailable", "full", { status: 507 }), true],
  [new AppError("unavailable", "away"), false],
  [new Error("job stalled more than allowable limit"), false],
  [undefined, false],
])("%s: a full disk is %s", (error, full) => {
  const trouble = new DiskTrouble();
  trouble.saw(error);
  expect(trouble.recent).toBe(full);
});

test("is forgotten some minutes after it was seen last", () => {
  let now = 0;
  const trouble = new DiskTrouble(() => now);
  trouble.saw({ code: "53100" });
  now = 179_000;
  expect(trouble.recent).toBe(true);
  now = 181_000;
  expect(trouble.recent).toBe(false);
});
