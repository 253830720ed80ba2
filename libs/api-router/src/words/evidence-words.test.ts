import { expect, test } from "vitest";
import { findingView } from "./finding-words.ts";
import { evidenceInWords } from "./evidence-words.ts";

const said = (...evidence: readonly (readonly [path: string, value: string])[]) =>
  evidenceInWords(evidence.map(([path, value]) => ({ path, value }))).map(({ label, shown }) => `${label}: ${shown}`);

test("evidence is said in the words of the product, not in field names", () => {
  expect(said(["environment", "prod"], ["usage.observedDays", "90"], ["owner.kind", "not recorded"], ["access.tierZero", "yes"])).toEqual([
    "Environment: Production",
    "Days of activity data: 90 days",
    "Kind of owner: Not recorded",
    "Reaches what controls everything: Yes",
  ]);
});

test("the same field of several credentials is numbered", () => {
  expect(
    said(["credentials[0].kind", "x509_certificate"], ["credentials[0].hasExpiry", "true"], ["credentials[1].kind", "ssh_key"]),
  ).toEqual(["Credential kind (1): Certificate", "Has an expiry: Yes", "Credential kind (2): SSH key"]);
});

test("lists are worded word by word, what people wrote is left alone", () => {
  expect(said(["auth.methods", "static_key, oidc"], ["credentials[0].storage", "prod, dev_box"])).toEqual([
    "Sign-in methods: Static key, OpenID Connect",
    "Kept in: prod, dev_box",
  ]);
});

test("path and value stay as they were judged", () => {
  expect(evidenceInWords([{ path: "environment", value: "prod" }])).toEqual([
    { path: "environment", value: "prod", label: "Environment", shown: "Production" },
  ]);
});

test("a finding says its evidence in words too", () => {
  const evidence = [{ path: "environment", value: "prod" }];
  const row = { ruleId: "ROT-001", evidence } as unknown as Parameters<typeof findingView>[0];
  expect(findingView(row).evidence).toEqual([{ path: "environment", value: "prod", label: "Environment", shown: "Production" }]);
});
