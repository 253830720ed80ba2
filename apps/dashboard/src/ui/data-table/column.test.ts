import { expect, test } from "vitest";
import { chosenColumns, hiddenColumns, withPinnedWithin } from "./column.ts";

const columns = [
  { id: "name", width: 240, pinned: true },
  { id: "score", width: 130 },
  { id: "reach", width: 84, shownFrom: 1500 },
  { id: "source", width: 168, hiddenAtFirst: true },
];

test("a column that a narrow window can do without is hidden there until somebody chooses it", () => {
  expect(hiddenColumns(columns, {}, 1440)).toEqual({ name: false, score: false, reach: true, source: true });
  expect(hiddenColumns(columns, {}, 1920)).toEqual({ name: false, score: false, reach: false, source: true });
  expect(hiddenColumns(columns, { reach: false, score: true }, 390)).toEqual({ name: false, score: true, reach: false, source: true });
});

test("only what was chosen is remembered, so that the rest still follows the width", () => {
  const shown = hiddenColumns(columns, {}, 1440);
  const chosen = chosenColumns({}, shown, { ...shown, source: false });
  expect(chosen).toEqual({ source: false });
  expect(hiddenColumns(columns, chosen, 1920)).toMatchObject({ reach: false, source: false });
  const back = hiddenColumns(columns, chosen, 1440);
  expect(chosenColumns(chosen, back, { ...back, source: true })).toEqual({ source: true });
});

test("what stays in place leaves room for what moves", () => {
  expect(withPinnedWithin(columns, 390).map(({ width }) => width)).toEqual([215, 130, 84, 168]);
  expect(withPinnedWithin(columns, 988)).toBe(columns);
  expect(withPinnedWithin(columns, 0)).toBe(columns);
});
