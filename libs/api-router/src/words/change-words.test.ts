import { expect, test } from "vitest";
import type { ChangeRow } from "@rollcall/posture-pipeline";
import { changeView } from "./change-words.ts";

const sentenceOf = (change: Partial<ChangeRow>): string =>
  changeView(
    { at: "2026-01-01T00:00:00Z", syncId: null, actor: "sync", what: "changed", field: null, before: null, after: null, ...change },
    "AWS 123456789012",
  ).sentence;

test("changes of facts are sentences with values in words", () => {
  expect(sentenceOf({ field: "environment", before: "dev", after: "prod" })).toBe("Environment changed from Development to Production");
  expect(sentenceOf({ field: "logging.enabled", before: "unknown: denied", after: "true" })).toBe("Activity is logged became known: Yes");
  expect(sentenceOf({ field: "purpose", before: "moves_files", after: "unknown: conflicting" })).toBe(
    "Purpose is not known any more: sources disagree about it",
  );
  expect(sentenceOf({ field: "name", before: "a", after: "b" })).toBe("Renamed from a to b");
});

test("coming and going name the source", () => {
  expect(sentenceOf({ what: "created" })).toBe("First seen in AWS 123456789012");
  expect(sentenceOf({ what: "gone" })).toBe("No longer in AWS 123456789012");
});

test("credentials are called by what the source calls them", () => {
  expect(sentenceOf({ what: "credential_rotated", field: "AKIA1", before: "2026-01-02", after: "2026-03-04" })).toBe(
    "Credential AKIA1 rotated, before that on 2 January 2026",
  );
  expect(sentenceOf({ what: "credential_changed", field: "AKIA1 status", before: "active", after: "inactive" })).toBe(
    "Credential AKIA1 is now inactive, it was active",
  );
});

test("what a person stated names the person", () => {
  expect(sentenceOf({ what: "attested", actor: "Ada", field: "owner.label", after: "Payments" })).toBe("Ada stated the owner: Payments");
});

test("a kind of change that is new is still readable", () => {
  expect(sentenceOf({ what: "policy_attached" })).toBe("Policy attached");
});
