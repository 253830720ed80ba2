import { expect, test } from "vitest";
import { mannWhitney } from "./mann-whitney.ts";

const ramp = (length: number, from = 0): readonly number[] => Array.from({ length }, (_, index) => from + index);

test("equal samples are not told apart, shifted ones are", () => {
  expect(mannWhitney(ramp(100), ramp(100))).toBeCloseTo(1, 5);
  expect(mannWhitney(ramp(100), ramp(100, 50))).toBeLessThan(1e-6);
  expect(mannWhitney([1, 1, 1], [1, 1, 1])).toBe(1);
});

test("a known case: U = 2 of 5 and 5, about 0.028 without correction for continuity", () => {
  expect(mannWhitney([1, 2, 3, 4, 7], [5, 6, 8, 9, 10])).toBeCloseTo(0.0283, 3);
});
