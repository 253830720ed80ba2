import { expect, test } from "vitest";
import { rules } from "@rollcall/risk-scoring";
import { datasetTitles, factViews, identityView } from "./identity-words.ts";

const known = (value: string | boolean, source = "users") => ({ known: value, source, observedAt: "2026-01-01T00:00:00Z" });

test("values and sources are words", () => {
  const manifest = { id: "aws", datasets: [{ id: "users", title: "IAM users" }] } as unknown as Parameters<typeof datasetTitles>[0][number];
  const views = factViews(
    { "auth.methods": known("static_key"), "logging.enabled": known(true, "audit_log") },
    {},
    datasetTitles([manifest]),
  );
  expect(views).toEqual([
    expect.objectContaining({ label: "Activity is logged", value: "Yes", source: "Audit log" }),
    expect.objectContaining({ label: "Sign-in methods", value: "Static key", source: "IAM users" }),
  ]);
});

test("free text is never reworded", () => {
  expect(factViews({ purpose: known("nightly_export") }, {})[0]).toMatchObject({ value: "nightly_export" });
});

test("what hangs on something unknown or absent is not asked for", () => {
  const paths = factViews(
    { "agent.isAgent": known(false) },
    { "agent.autonomy": "not_collected", "credentials[].exposure.state": "denied", "credentials[].exposure.live": "denied" },
  ).map(({ path }) => path);
  expect(paths).toEqual(["agent.isAgent", "credentials[].exposure.state"]);
});

test("a check without an answer always says what it needs", () => {
  const detail = {
    factMap: {},
    terms: [],
    credentials: [],
    findings: [],
    unknownFields: { "usage.environments": "not_collected" },
    unknownRuleIds: rules.filter(({ entity }) => entity === "identity").map(({ id }) => id),
  } as unknown as Parameters<typeof identityView>[0];
  for (const rule of identityView(detail).unknownRules) expect(rule.fields, rule.ruleId).not.toEqual([]);
});

test("the age of a secret is measured against the window of the rule, that of a certificate is not", () => {
  const detail = {
    factMap: {},
    terms: [],
    findings: [],
    unknownFields: {},
    unknownRuleIds: [],
    credentials: ["access_key", "x509_certificate"].map((kind) => ({ kind, rotationWindowDays: null })),
  } as unknown as Parameters<typeof identityView>[0];
  expect(identityView(detail).credentials.map(({ rotationWindowDays }) => rotationWindowDays)).toEqual([90, null]);
});
