import { expect, test } from "vitest";
import { firstReports } from "./first-reports.ts";

const syncs = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index, rejectedTotal: index === count - 1 ? 2 : 0 }));

test("few reports are all shown, in their order", () => {
  expect(firstReports(syncs(11)).map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("of many the first ten are, and what was left out is among them", () => {
  expect(firstReports(syncs(40)).map(({ id }) => id)).toEqual([39, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
