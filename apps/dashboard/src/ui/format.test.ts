import { describe, expect, it } from "vitest";
import { formatDays, formatInterval, formatRelative, formatSigned, plural } from "./format.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

describe("formatRelative", () => {
  it.each([
    ["2026-11-22T11:59:40Z", "just now"],
    ["2026-11-22T11:15:00Z", "45 minutes ago"],
    ["2026-11-21T10:00:00Z", "yesterday"],
    ["2026-11-24T13:00:00Z", "in 2 days"],
    ["2025-11-22T12:00:00Z", "11 months ago"],
    ["2024-12-22T12:00:00Z", "22 months ago"],
    ["2020-11-22T12:00:00Z", "5 years ago"],
    ["not a date", "not a date"],
  ])("%s is %s", (instant, words) => expect(formatRelative(instant, NOW)).toBe(words));
});

describe("numbers", () => {
  it("shows an interval once when both ends agree", () => {
    expect(formatInterval({ min: 62, max: 62 })).toBe("62");
    expect(formatInterval({ min: 62, max: 71.25 })).toBe("62\u201371.3");
  });
  it("signs a change with a true minus", () => {
    expect([formatSigned(3.2), formatSigned(-1.4), formatSigned(0)]).toEqual(["+3.2", "\u22121.4", "0"]);
  });
  it("counts in words", () => {
    expect([plural(1, "identity", "identities"), plural(1200, "identity", "identities")]).toEqual(["1 identity", "1,200 identities"]);
  });
  it("keeps ages short", () => {
    expect([formatDays(0.4), formatDays(89.6), formatDays(412), formatDays(800)]).toEqual(["today", "90 d", "14 mo", "2.2 y"]);
  });
});
