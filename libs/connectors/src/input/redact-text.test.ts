import { describe, expect, it } from "vitest";
import { redactDeep, redactNamed, redactText } from "./redact-text.ts";

describe("redactText", () => {
  it.each([
    "password=hunter22",
    "API_KEY: abcdef123456",
    "ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "postgres://app:s3cr3t-pw@db/x",
    "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY1",
    "-----BEGIN RSA PRIVATE KEY-----",
  ])("removes %s", (text) => {
    expect(redactText(text)).toContain("removed");
  });
  it.each([
    "pl-prod-datapipeline-001-to-admin-starting-user",
    "AKIAIOSFODNN7EXAMPLE",
    "arn:aws:iam::123456789012:role/service-role/AmazonSageMaker-ExecutionRole-20200101T000000",
    "checkout team",
    "6f1f0b6e-5b0a-4c8e-9d3f-0123456789ab",
    "https://wiki.example.com/runbooks/payments-service",
    "ProductionDatabaseReadOnlyReplicaAccessRole",
  ])("keeps %s", (text) => {
    expect(redactText(text)).toBe(text);
  });
  it("goes by names where it has them", () => {
    expect(redactNamed("db-password", "x")).toContain("removed");
    expect(redactDeep({ a: [{ clientSecret: "y" }], tokens: 3, note: "fine" })).toEqual({
      a: [{ clientSecret: "[removed: looks like a secret]" }],
      tokens: 3,
      note: "fine",
    });
  });
});
