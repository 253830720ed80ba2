import { describe, expect, test } from "vitest";
import { installAdvice, missingScanners } from "./find-scanners.ts";
import { problemsOfAnswers } from "./scan-sqlmap.ts";
import { readSqlmapOutput } from "./sqlmap-report.ts";
import { describeWapiti, readWapitiReport } from "./wapiti-report.ts";

describe("sqlmap", () => {
  const frame = (text: string): string => `[*] starting @ 10:00:00\n\n${text}\n[*] ending @ 10:00:10\n`;
  test("a planted finding is seen, with the parameter and the ways", () => {
    const output = frame(`sqlmap identified the following injection point(s) with a total of 45 HTTP(s) requests:
---
Parameter: search (GET)
    Type: boolean-based blind
    Title: AND boolean-based blind - WHERE or HAVING clause
    Payload: search=x' AND 1=1-- a

    Type: time-based blind
    Title: PostgreSQL > 8.1 AND time-based blind
    Payload: search=x' AND 2=(SELECT 2 FROM PG_SLEEP(5))-- b
---
`);
    expect(readSqlmapOutput(output)).toEqual({ kind: "injectable", findings: ["search (GET): boolean-based blind, time-based blind"] });
    expect(readSqlmapOutput(output.replaceAll("\n", "\r\n"))).toEqual(readSqlmapOutput(output));
  });
  test("also when the details are in a form that is not known", () => {
    expect(readSqlmapOutput("sqlmap identified the following injection point(s): new form")).toEqual({
      kind: "injectable",
      findings: ["reported without details"],
    });
  });
  test("silence counts as clean only when everything was tested", () => {
    const tested = frame("[10:00:09] [CRITICAL] all tested parameters do not appear to be injectable. Try to increase values");
    expect(readSqlmapOutput(tested)).toEqual({ kind: "clean" });
    expect(readSqlmapOutput(`[CRITICAL] target URL content appears to be heavily dynamic. sqlmap is going to retry\n${tested}`)).toEqual({
      kind: "clean",
    });
    expect(readSqlmapOutput(`[CRITICAL] connection timed out to the target URL\n${tested}`).kind).toBe("not_examined");
    expect(readSqlmapOutput(frame("[10:00:00] [INFO] using 'STDIN' for parsing targets list")).kind).toBe("not_examined");
    expect(readSqlmapOutput("").kind).toBe("not_examined");
  });
  test.each(["unable to connect to the target URL", "not authorized, try to provide right HTTP authentication type"])("%s", (reason) => {
    expect(readSqlmapOutput(frame(`[10:00:01] [CRITICAL] ${reason}`))).toEqual({ kind: "not_examined", reason });
  });
});

describe("answers", () => {
  const tally = (requests: number, statuses: readonly (readonly [number, number])[], failures: string[] = []) => ({
    requests,
    statuses: new Map(statuses),
    failures,
  });
  test("answers of any kind are an examination, refusals of the sender are none", () => {
    expect(
      problemsOfAnswers(
        tally(100, [
          [200, 60],
          [400, 40],
        ]),
      ),
    ).toEqual([]);
    expect(problemsOfAnswers(tally(100, [[401, 100]]))).toEqual(["not examined: 100 x 401 of 100"]);
    expect(
      problemsOfAnswers(
        tally(100, [
          [200, 50],
          [429, 50],
        ]),
      ),
    ).toEqual(["not examined: 50 x 429 of 100"]);
    expect(problemsOfAnswers(tally(0, []))).toEqual(["not examined: no request was sent"]);
  });
  test("a failure of ours is a finding", () => {
    expect(
      problemsOfAnswers(
        tally(
          2,
          [
            [200, 1],
            [500, 1],
          ],
          ["500 GET /x"],
        ),
      ),
    ).toEqual(["failed: 500 GET /x"]);
  });
});

describe("wapiti", () => {
  const finding = (level: number | string, info: string) => ({ method: "GET", path: "/", info, level, parameter: "q", module: "xss" });
  test("a planted finding is seen; the worst comes first", () => {
    const report = {
      vulnerabilities: { "Cross Site Scripting": [finding(2, "reflected")], Backup: [], "SQL Injection": [finding("4", "in q\nmore")] },
      anomalies: { "Internal Server Error": [finding(3, "500")] },
      additionals: {},
      infos: {},
    };
    const found = readWapitiReport(JSON.stringify(report));
    expect(found.map(({ level, category }) => [level, category])).toEqual([
      [4, "SQL Injection"],
      [3, "Internal Server Error"],
      [2, "Cross Site Scripting"],
    ]);
    expect(describeWapiti(found[0]!)).toBe("critical SQL Injection: GET / (q) in q");
  });
  test("a report without findings, and a file that is none", () => {
    expect(readWapitiReport('{"vulnerabilities":{"Backup":[]},"anomalies":{}}')).toEqual([]);
    expect(() => readWapitiReport("{}")).toThrow(/not a report|no report/);
  });
});

test("a scanner that is not there is named with its package", () => {
  expect(missingScanners(["sqlmap", "wapiti"], "/nowhere")).toEqual(["sqlmap", "wapiti"]);
  expect(installAdvice(["sqlmap", "wapiti"])).toBe(
    "sqlmap and wapiti are not installed. On Debian or Ubuntu: apt-get install sqlmap wapiti",
  );
});
