import { describe, expect, test } from "vitest";
import { installAdvice, missingScanners } from "./find-scanners.ts";
import { problemsOfAnswers } from "./scan-sqlmap.ts";
import { problemsOfModule } from "./scan-wapiti.ts";
import { readSqlmapOutput } from "./sqlmap-report.ts";
import { moduleRuns } from "./wapiti-modules.ts";
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
    expect(readSqlmapOutput(output, 1)).toEqual({ kind: "injectable", findings: ["search (GET): boolean-based blind, time-based blind"] });
    expect(readSqlmapOutput(output.replaceAll("\n", "\r\n"), 1)).toEqual(readSqlmapOutput(output, 1));
  });
  test("also when the details are in a form that is not known", () => {
    expect(readSqlmapOutput("sqlmap identified the following injection point(s): new form", 1)).toEqual({
      kind: "injectable",
      findings: ["reported without details"],
    });
  });
  const tests = [
    "AND boolean-based blind - WHERE or HAVING clause",
    "PostgreSQL AND error-based - WHERE or HAVING clause",
    "PostgreSQL > 8.1 stacked queries (comment)",
    "PostgreSQL > 8.1 AND time-based blind",
    "Generic UNION query (NULL) - 1 to 10 columns",
  ];
  const place = (name: string, titles = tests): string =>
    [`testing for SQL injection on GET parameter '${name}'`, ...titles.map((title) => `testing '${title}'`)]
      .map((line) => `[10:00:05] [INFO] ${line}`)
      .join("\n");
  const verdict = "[10:00:09] [CRITICAL] all tested parameters do not appear to be injectable. Try to increase values";
  test("silence counts as clean only when everything was tested", () => {
    const tested = frame(`${place("a")}\n${verdict}`);
    expect(readSqlmapOutput(tested, 1)).toEqual({ kind: "clean" });
    expect(readSqlmapOutput(`[CRITICAL] target URL content appears to be heavily dynamic. sqlmap is going to retry\n${tested}`, 1)).toEqual(
      {
        kind: "clean",
      },
    );
    expect(readSqlmapOutput(`[CRITICAL] connection timed out to the target URL\n${tested}`, 1).kind).toBe("not_examined");
    expect(readSqlmapOutput(frame("[10:00:00] [INFO] using 'STDIN' for parsing targets list"), 1).kind).toBe("not_examined");
    expect(readSqlmapOutput("", 1).kind).toBe("not_examined");
  });
  test("a place that was left out, and a technique that was not tried with one of them", () => {
    expect(readSqlmapOutput(frame(`${place("a")}\n${place("b")}\n${verdict}`), 2)).toEqual({ kind: "clean" });
    expect(readSqlmapOutput(frame(`${place("a")}\n${verdict}`), 2)).toEqual({
      kind: "not_examined",
      reason: "1 of 2 places were tested",
    });
    for (const [at, name] of ["boolean", "error", "stacked", "time", "union"].entries()) {
      const without = tests.filter((_, other) => other !== at);
      expect(readSqlmapOutput(frame(`${place("a")}\n${place("b", without)}\n${verdict}`), 2)).toEqual({
        kind: "not_examined",
        reason: `GET parameter 'b': ${name} not tried`,
      });
    }
  });
  test.each(["unable to connect to the target URL", "not authorized, try to provide right HTTP authentication type"])("%s", (reason) => {
    expect(readSqlmapOutput(frame(`[10:00:01] [CRITICAL] ${reason}`), 1)).toEqual({ kind: "not_examined", reason });
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
  test("being busy for a moment is none, being busy is one", () => {
    const answers = (busy: number) =>
      tally(300, [
        [200, 300 - busy],
        [503, busy],
      ]);
    expect(problemsOfAnswers(answers(3))).toEqual([]);
    expect(problemsOfAnswers(answers(4))).toEqual(["not examined: 4 x 503 of 300"]);
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

describe("modules of wapiti", () => {
  const listed = (...names: string[]): string =>
    `[*] Available modules:\n${names.map((name) => `\t${name}\n\t\tWhat it does.\n\n`).join("")}`;
  test("each that can find something is run, the slow ones first, and what builds on another one with it", () => {
    expect(moduleRuns(listed("backup", "buster", "csp (used by default)", "permanentxss", "xss (used by default)"))).toEqual([
      "xss,permanentxss",
      "backup",
      "csp",
    ]);
    expect(moduleRuns(listed("permanentxss"))).toEqual(["permanentxss"]);
    expect(moduleRuns("usage: wapiti")).toEqual([]);
  });
  test("one that did not come to its end by itself is named", () => {
    const run = { output: "[*] Launching module exec\n", timedOut: false, exitCode: 0 };
    expect(problemsOfModule("exec", run, true)).toEqual([]);
    expect(problemsOfModule("exec", { ...run, timedOut: true }, true)).toEqual(["module exec was not finished: the time was over"]);
    expect(problemsOfModule("exec", run, false)).toEqual(["module exec left no report: [*] Launching module exec"]);
    const missing = { ...run, output: "[!] Missing dependencies for module permanentxss:\n  xss\n" };
    expect(problemsOfModule("permanentxss", missing, true)).toEqual(["module permanentxss: Missing dependencies for module permanentxss:"]);
    const thrown =
      'ValueError no scheme\n  File "/usr/lib/python3/dist-packages/wapitiCore/main/wapiti.py", line 9, in attack\n    raise it\n';
    expect(problemsOfModule("exec", { ...run, output: run.output + thrown }, true)).toEqual([
      "module exec failed by itself: ValueError no scheme",
    ]);
  });
});

test("a scanner that is not there is named with its package", () => {
  expect(missingScanners(["sqlmap", "wapiti"], "/nowhere")).toEqual(["sqlmap", "wapiti"]);
  expect(installAdvice(["sqlmap", "wapiti"])).toBe(
    "sqlmap and wapiti are not installed. On Debian or Ubuntu: apt-get install sqlmap wapiti",
  );
});
