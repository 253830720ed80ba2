import { expect, test } from "vitest";
import { AppError } from "@rollcall/platform";
import { storageFailure } from "./storage-failure.ts";

test.each([
  Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
  new Error("query failed", { cause: Object.assign(new Error("shutting down"), { code: "57P01" }) }),
  new AggregateError([Object.assign(new Error("connect"), { code: "ECONNREFUSED" })], "all failed"),
  new Error("Connection terminated unexpectedly"),
])("an absent database is 503 with a time to retry: %s", (error) => {
  expect(storageFailure(error)).toMatchObject({ code: "unavailable", status: 503, retryAfterSeconds: 5 });
});

test("a full disk is 507", () => {
  expect(storageFailure(Object.assign(new Error("no space"), { code: "53100" }))).toMatchObject({ status: 507 });
});

test.each(["22P02", "22003", "22007", "22008"])("a value that the database cannot read (%s) is the sender's", (code) => {
  const error = new Error("query failed", { cause: Object.assign(new Error('invalid input syntax for type uuid: "y"'), { code }) });
  expect(storageFailure(error)).toMatchObject({ code: "invalid_input", status: 400 });
});

test("other errors are not blamed on the database", () => {
  expect(storageFailure(new TypeError("x is undefined"))).toBeNull();
  expect(storageFailure(new AppError("conflict", "taken"))).toBeNull();
});
