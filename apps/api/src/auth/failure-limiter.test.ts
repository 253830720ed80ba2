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

test("with growth, each hold is twice as long, up to a day, and one failure is enough for the next", () => {
  const minute = 60_000;
  let now = 0;
  const limiter = new FailureLimiter({ limit: 5, windowSeconds: 900, grows: true, now: () => now });
  for (let failure = 0; failure < 5; failure += 1) limiter.recordFailure("a");
  const holds: number[] = [];
  for (let at = 0; at < 9; at += 1) {
    const begun = now;
    const isHeld = (): boolean => {
      try {
        limiter.assertAllowed("a");
        return false;
      } catch {
        return true;
      }
    };
    while (isHeld()) now += minute;
    holds.push((now - begun) / minute);
    limiter.recordFailure("a");
  }
  expect(holds).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
  limiter.assertAllowed("b");
});

test("with growth, a success and a quiet day begin anew", () => {
  let now = 0;
  const limiter = new FailureLimiter({ limit: 2, windowSeconds: 60, grows: true, now: () => now });
  const fail = (key: string): void => {
    limiter.recordFailure(key);
    limiter.recordFailure(key);
  };
  fail("a");
  fail("b");
  now += 61_000;
  limiter.recordSuccess("a");
  limiter.recordFailure("a");
  limiter.assertAllowed("a");
  limiter.recordFailure("b");
  expect(() => limiter.assertAllowed("b")).toThrow(/Too many/);
  now += 2 * 60_000 + 24 * 3_600_000;
  limiter.recordFailure("b");
  limiter.assertAllowed("b");
});
