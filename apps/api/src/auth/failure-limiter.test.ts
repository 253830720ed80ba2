import { expect, test } from "vitest";
import { FailureLimiter } from "./failure-limiter.ts";

test("refuses after the limit and allows again when the window is over", () => {
  let now = 0;
  const limiter = new FailureLimiter({ limit: 2, windowSeconds: 60, now: () => now });
  limiter.recordFailure("a");
  limiter.assertAllowed("a");
  limiter.recordFailure("a");
  expect(() => limiter.assertAllowed("a")).toThrowError(/Too many failed attempts/);
  limiter.assertAllowed("b");
  now = 60_000;
  limiter.assertAllowed("a");
});

test("a success clears the count", () => {
  const limiter = new FailureLimiter({ limit: 1, windowSeconds: 60, now: () => 0 });
  limiter.recordFailure("a");
  limiter.recordSuccess("a");
  limiter.assertAllowed("a");
});

test("keeps a bounded number of keys", () => {
  const limiter = new FailureLimiter({ limit: 1, windowSeconds: 60, now: () => 0 });
  for (let index = 0; index <= 10_000; index += 1) limiter.recordFailure(`k${index}`);
  limiter.assertAllowed("k0");
  expect(() => limiter.assertAllowed("k10000")).toThrowError();
});
