import { expect, test } from "vitest";
import { z } from "zod";
import { AppError, errorCodes, httpStatus } from "./app-error.ts";
import { toProblem } from "./problem.ts";

test("every code has an error status and there are at most twelve", () => {
  expect(errorCodes.length).toBeLessThanOrEqual(12);
  for (const code of errorCodes) expect(httpStatus(code)).toBeGreaterThanOrEqual(400);
});

test("the message is for the user, the detail stays in the log", () => {
  const problem = toProblem(new AppError("conflict", "Somebody claimed this task", { detail: "row version 4 <> 3" }), "r1");
  expect(problem).toEqual({
    type: "urn:rollcall:problem:conflict",
    title: "This conflicts with the current state",
    status: 409,
    detail: "Somebody claimed this task",
    code: "conflict",
    requestId: "r1",
  });
});

test("an unknown error tells nothing about its cause", () => {
  const problem = toProblem(new Error("password=hunter2 at db:5432"), "r2");
  expect(problem.status).toBe(500);
  expect(JSON.stringify(problem)).not.toContain("hunter2");
});

test("a zod error names the field by JSON pointer", () => {
  const schema = z.strictObject({ "a/b": z.array(z.object({ n: z.number() })) });
  const problem = toProblem(schema.safeParse({ "a/b": [{ n: "x" }] }).error, "r3");
  expect(problem.status).toBe(400);
  expect(problem.errors?.[0]?.pointer).toBe("/a~1b/0/n");
});

test("a status may override the code's", () => {
  expect(toProblem(new AppError("unavailable", "The disk is full", { status: 507 }), "r4").status).toBe(507);
});
