import { expect, test } from "vitest";
import type { ReportObservation } from "@rollcall/nhi-model";
import type { ImportFile, ParsedImport } from "@rollcall/posture-pipeline";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { ocsfConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const parse = (...files: readonly ImportFile[]): readonly ParsedImport[] => ocsfConnector.parse(files, conformanceOptions);
const reports = (parsed: ParsedImport | undefined): readonly ReportObservation[] =>
  [...(parsed?.observations ?? [])].flatMap(({ observation }) => (observation.kind === "report" ? [observation] : []));
const [analyzer, prowler] = parse(fixtureFile(fixtures, "prowler.ocsf.json"), fixtureFile(fixtures, "analyzer.ocsf.jsonl"));
const arn = "arn:aws:iam::123456789012:user/ci-deploy";

test("every event lands or is listed with its place and reason", () => {
  expect(prowler).toMatchObject({ connector: "ocsf", account: "Prowler", totals: { application_posture: 1, compliance: 1, detection: 1 } });
  expect(prowler?.rejected).toEqual([
    { where: "prowler.ocsf.json/3", code: "unsupported_class", message: "class 3002 is not read; read are 2003, 2004, 2007, 2008" },
    { where: "prowler.ocsf.json/4", code: "invalid_record", message: expect.stringContaining("finding_info.uid") },
  ]);
  expect(analyzer).toMatchObject({ account: "Access Analyzer", totals: { iam_analysis: 3 }, rejected: [] });
});

test("a detection names its subject, rule, severity and what to do", () => {
  expect(reports(prowler).find(({ ref }) => ref === "prowler-1")).toEqual({
    kind: "report",
    ref: "prowler-1",
    identityRef: arn,
    subject: "ci-deploy",
    tool: "Prowler",
    rule: "check_prowler-1",
    title: "Something is wrong with prowler-1",
    severity: "high",
    state: "open",
    firstSeenAt: new Date(1_792_000_000_000).toISOString(),
    lastSeenAt: new Date(1_793_000_000_000).toISOString(),
    advice: "Rotate the key of the user.",
    attributes: { class: "detection", provider: "aws", account: "123456789012" },
  });
});

test("a passed check is passed, a severity nobody gave stays unknown", () => {
  const [app, , passed] = reports(prowler);
  expect(passed).toMatchObject({ ref: "prowler-2", state: "passed", attributes: { standards: ["CIS 3.0"], requirements: ["1.14"] } });
  expect(app).toMatchObject({ ref: "app-1", identityRef: "app/shop", subject: "Shop" });
  expect(app).not.toHaveProperty("severity");
});

test("an analysis stands with the principal and with its credential", () => {
  const unused = reports(analyzer).filter(({ ref }) => ref.startsWith("unused-1|"));
  expect(unused.map(({ identityRef }) => identityRef)).toEqual(["AKIAEXAMPLE000000001", arn]);
  expect(unused[0]?.attributes).toEqual({
    class: "iam_analysis",
    unusedPrivileges: 42,
    unusedServices: 1,
    lastActivityAt: new Date(1_792_500_000_000).toISOString(),
  });
});

test("of several events about one finding the latest counts, in whatever order they come", () => {
  const states = (parsed: ParsedImport | undefined) =>
    reports(parsed)
      .filter(({ ref }) => ref.startsWith("external-1|"))
      .map(({ state }) => state);
  expect(states(analyzer)).toEqual(["resolved", "resolved"]);
  const lines = new TextDecoder().decode(fixtureFile(fixtures, "analyzer.ocsf.jsonl").bytes).trim().split("\n").toReversed();
  expect(states(parse(textFile("turned.jsonl", lines.join("\n")))[0])).toEqual(["resolved", "resolved"]);
});

const one = (change: object): string =>
  JSON.stringify({ class_uid: 2004, metadata: { product: { name: "T" } }, finding_info: { uid: "u", title: "t" }, ...change });

test.each([
  ["an object alone", one({})],
  ["an object over several lines", JSON.stringify(JSON.parse(one({})), null, 2)],
  ["an array", `[${one({})}]`],
  ["inside of an answer", `{"Findings":[${one({})}],"metadata":1}`],
  ["with a byte order mark", `\uFEFF${one({})}`],
  ["odd optional fields", one({ severity_id: "high", resources: [5, null, {}], user: "x", evidences: {}, compliance: [] })],
])("%s", (_what, text) => {
  const file = textFile("a.json", text);
  expect(ocsfConnector.recognise(file)).toBe(true);
  const [parsed] = parse(file);
  expect([reports(parsed).map(({ ref, state }) => [ref, state]), parsed?.rejected]).toEqual([[["u", "open"]], []]);
});

test.each([
  [{ status_id: 3 }, "suppressed"],
  [{ status_id: 5 }, "suppressed"],
  [{ status_id: 4 }, "resolved"],
  [{ activity_id: 3 }, "resolved"],
  [{ status_code: "PASS" }, "passed"],
  [{ compliance: { status_id: 1 } }, "passed"],
  [{ compliance: { status_id: 3 } }, "open"],
  [{ status_id: 2 }, "open"],
])("%j is %s", (change, state) => {
  expect(reports(parse(textFile("a.json", one(change)))[0])[0]?.state).toBe(state);
});
