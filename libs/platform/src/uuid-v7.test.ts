import { expect, test } from "vitest";
import { fixedClock } from "./clock.ts";
import { uuidV7 } from "./uuid-v7.ts";

test("well-formed, unique and in the order they were minted, even when the clock stands still or steps back", () => {
  const ids = Array.from({ length: 10_000 }, () => uuidV7());
  ids.push(...Array.from({ length: 10_000 }, () => uuidV7(fixedClock("2020-01-01T00:00:00Z"))));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});
