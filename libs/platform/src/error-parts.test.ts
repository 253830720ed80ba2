import { expect, test } from "vitest";
import { AppError } from "./app-error.ts";
import { errorOfParts, errorParts } from "./error-parts.ts";

test("an error comes out of a thread as it went in", () => {
  const error = new AppError("unavailable", "Try again", {
    detail: "the pool is empty",
    status: 507,
    fields: [{ pointer: "/name", message: "too long" }],
    retryAfterSeconds: 5,
  });
  const parts = errorParts(error);
  const out = errorOfParts(structuredClone(parts));
  expect(out).toBeInstanceOf(AppError);
  expect(errorParts(out)).toEqual(parts);
  expect(parts).toMatchObject({ message: "Try again", detail: "the pool is empty", status: 507, retryAfterSeconds: 5 });
});

test("what is no error of ours says nothing of itself to people", () => {
  expect(errorOfParts(errorParts(new TypeError("x is not a function")))).toMatchObject({ code: "internal", status: 500 });
});
