import { expect, test } from "vitest";
import { nextUrl, wantsCsv } from "./list-reply.ts";

test("CSV only when it is named", () => {
  expect(wantsCsv("text/csv")).toBe(true);
  expect(wantsCsv("application/json, text/csv;q=0.5")).toBe(true);
  expect(wantsCsv("*/*")).toBe(false);
  expect(wantsCsv(undefined)).toBe(false);
});

test("the next link keeps the filter and replaces the cursor", () => {
  expect(nextUrl("/api/v1/identities?kind=role&cursor=a&limit=2", "b+/=")).toBe("/api/v1/identities?kind=role&cursor=b%2B%2F%3D&limit=2");
});
