import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const rollcall = join(dirname(dirname(import.meta.dirname)), "rollcall");
let dir;
let server;
let requests;
let answers;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "rollcall-cli-"));
  requests = [];
  answers = {};
  server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      requests.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString("latin1") });
      const queue = answers[`${request.method} ${request.url}`] ?? [];
      const {
        status = 200,
        headers = {},
        body = "",
      } = (queue.length > 1 ? queue.shift() : queue[0]) ?? { status: 404, body: { detail: "Not found" } };
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

const url = () => `http://127.0.0.1:${server.address().port}`;
function run(args, env = {}) {
  const clean = { PATH: process.env.PATH, ROLLCALL_URL: url(), ROLLCALL_TOKEN: "rcl_cli_test", ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, [rollcall, ...args], { env: clean, cwd: dir, timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}
const sync = {
  id: "s",
  sourceName: "aws 1",
  connector: "aws",
  asOf: "2026-01-01",
  status: "running",
  phase: "merging",
  done: 1,
  total: 2,
  counts: null,
  totals: {},
  notes: [],
  rejected: [],
  rejectedTotal: 0,
};
const ingestion = (status, more = {}) => ({ id: "i-1", status, error: null, syncs: [{ ...sync, ...more }] });
const done = {
  counts: { added: 3, changed: 0, unchanged: 0, markedAbsent: 0, removed: 0 },
  totals: { identities: 3 },
  status: "succeeded",
};
const file = (name = "a.json") => {
  writeFileSync(join(dir, name), '{"hello":1}');
  return name;
};

describe("import", () => {
  test("sends files with their dates and follows them to the end", async () => {
    answers["POST /api/v1/ingestions"] = [{ status: 202, body: ingestion("pending") }];
    answers["GET /api/v1/ingestions/i-1"] = [{ body: ingestion("processing") }, { body: ingestion("completed", done) }];
    const result = await run(["import", file(), file("b.json"), "--as-of", "2026-01-02", "--wait"]);
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining("3 added") });
    expect(result.stderr).toContain("merging 1 of 2");
    const { body, headers } = requests[0];
    expect(headers.authorization).toBe("Bearer rcl_cli_test");
    expect(headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(body).toContain('name="file"; filename="a.json"');
    expect(body).toContain('name="file"; filename="b.json"');
    expect(body).toContain("2026-01-02T00:00:00.000Z");
    expect(body.match(/name="modifiedAt"/g)).toHaveLength(2);
  });

  test("sends the mapping of a table, and refuses what is none", async () => {
    answers["POST /api/v1/ingestions"] = [{ status: 202, body: ingestion("pending") }];
    writeFileSync(join(dir, "m.json"), '{ "source": "bots" }');
    expect((await run(["import", file("a.csv"), "--mapping", "m.json"])).code).toBe(0);
    expect(requests[0].body).toMatch(/name="mapping"\s+\{"source":"bots"\}/);
    writeFileSync(join(dir, "m.json"), "source: bots");
    expect(await run(["import", file("a.csv"), "--mapping", "m.json"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("m.json is not JSON"),
    });
  });

  test("without --wait it returns at once; --json prints the ingestion and nothing else", async () => {
    answers["POST /api/v1/ingestions"] = [{ status: 202, body: ingestion("pending") }];
    const result = await run(["import", file(), "--json"]);
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({ id: "i-1", status: "pending" });
    expect(requests).toHaveLength(1);
  });

  test.each(["failed", "held", "cancelled"])("%s is bad news", async (status) => {
    answers["POST /api/v1/ingestions"] = [{ status: 202, body: ingestion("pending") }];
    answers["GET /api/v1/ingestions/i-1"] = [{ body: { ...ingestion(status), error: "why it ended" } }];
    expect(await run(["import", file(), "--wait"])).toMatchObject({ code: 1, stdout: expect.stringContaining("why it ended") });
  });

  test("an unavailable server is tried again with the same key", async () => {
    answers["POST /api/v1/ingestions"] = [
      { status: 503, headers: { "retry-after": "1" } },
      { status: 202, body: ingestion("pending") },
    ];
    expect((await run(["import", file()])).code).toBe(0);
    expect(requests).toHaveLength(2);
    expect(requests[0].headers["idempotency-key"]).toBe(requests[1].headers["idempotency-key"]);
  });

  test("a refusal says why, in one line", async () => {
    answers["POST /api/v1/ingestions"] = [{ status: 415, body: { detail: "None of the files is of a known kind\u001b[31m" } }];
    const result = await run(["import", file()]);
    expect(result).toMatchObject({ code: 3, stdout: "" });
    expect(result.stderr.trim().split("\n").at(-1)).toMatch(/^rollcall: refused: None of the files/);
    expect(result.stderr).not.toContain("\u001b");
  });
});

describe("export", () => {
  const pages = () => {
    answers["GET /api/v1/findings?limit=200"] = [{ body: { items: [{ id: 1 }, { id: 2 }], nextCursor: "a b" } }];
    answers["GET /api/v1/findings?limit=200&cursor=a%20b"] = [{ body: { items: [{ id: 3 }], nextCursor: null } }];
  };

  test("follows the pages into one JSON array", async () => {
    pages();
    const { code, stdout, stderr } = await run(["export", "findings"]);
    expect({ code, items: JSON.parse(stdout), stderr }).toEqual({ code: 0, items: [{ id: 1 }, { id: 2 }, { id: 3 }], stderr: "" });
  });

  test("nothing is an empty array", async () => {
    answers["GET /api/v1/tasks?limit=200"] = [{ body: { items: [], nextCursor: null } }];
    expect(JSON.parse((await run(["export", "tasks"])).stdout)).toEqual([]);
  });

  test("CSV comes from the server as it is", async () => {
    answers["GET /api/v1/identities"] = [{ headers: { "content-type": "text/csv" }, body: "id,name\r\n1,Zoë\r\n" }];
    expect(await run(["export", "identities", "--format", "csv"])).toMatchObject({ code: 0, stdout: "id,name\r\n1,Zoë\r\n" });
    expect(requests[0].headers.accept).toBe("text/csv");
  });

  test("posture as CSV, formulas disarmed", async () => {
    const kpis = [{ id: "k", label: '=cmd|" ', value: 12.5, unit: "%", target: null }];
    answers["GET /api/v1/posture"] = [{ body: { score: null, completeness: 0.5, identities: 7, openFindings: { high: 2 }, kpis } }];
    const { stdout } = await run(["export", "posture", "--format", "csv"]);
    expect(stdout).toContain("score,Posture score,,,\r\n");
    expect(stdout).toContain('open-high,"Open findings, high",2,count,\r\n');
    expect(stdout).toContain('k,"\'=cmd|"" ",12.5,%,\r\n');
  });
});

describe("exit codes", () => {
  test.each([
    [[]],
    [["imprt"]],
    [["import"]],
    [["import", "missing.json"]],
    [["import", "."]],
    [["export"]],
    [["export", "secrets"]],
    [["export", "tasks", "--format", "xml"]],
    [["export", "tasks", "findings"]],
    [["demo"]],
    [["demo", "burn"]],
    [["import", "--what"]],
  ])("usage %j", async (args) => {
    const result = await run(args);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(requests).toEqual([]);
  });

  test("a bad date is usage", async () => expect((await run(["import", file(), "--as-of", "yesterday"])).code).toBe(2));

  test("help", async () =>
    expect(await run(["help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("rollcall import FILE...") }));

  test("no server, a refused key, no instance here", async () => {
    expect(await run(["export", "tasks"], { ROLLCALL_URL: "http://127.0.0.1:9" })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("could not reach"),
    });
    answers["GET /api/v1/tasks?limit=200"] = [{ status: 401, body: { detail: "This key is not valid" } }];
    expect(await run(["export", "tasks"])).toMatchObject({ code: 3, stderr: expect.stringContaining("ROLLCALL_TOKEN") });
    expect(await run(["export", "tasks"], { ROLLCALL_URL: "", ROLLCALL_TOKEN: "", ROLLCALL_DATA_DIR: dir })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("npm start"),
    });
  });

  test("finds the running instance in the data folder", async () => {
    writeFileSync(join(dir, "cli-token"), "rcl_cli_from_file\n");
    writeFileSync(join(dir, "instance.json"), JSON.stringify({ url: url(), tokenFile: join(dir, "cli-token"), pid: 1 }));
    answers["GET /api/v1/tasks?limit=200"] = [{ body: { items: [], nextCursor: null } }];
    expect((await run(["export", "tasks"], { ROLLCALL_URL: "", ROLLCALL_TOKEN: "", ROLLCALL_DATA_DIR: dir })).code).toBe(0);
    expect(requests[0].headers.authorization).toBe("Bearer rcl_cli_from_file");
  });
});

test("demo load waits, demo remove reports", async () => {
  answers["POST /api/v1/demo"] = [{ status: 202, body: { ingestionId: "i-1" } }];
  answers["GET /api/v1/ingestions/i-1"] = [{ body: ingestion("completed", done) }];
  answers["DELETE /api/v1/demo"] = [{ body: { identities: 1500 } }];
  expect(await run(["demo", "load"])).toMatchObject({ code: 0, stdout: "demo organisation loaded\n" });
  expect(await run(["demo", "remove"])).toMatchObject({ code: 0, stdout: expect.stringContaining("1500") });
});

describe("without a server", () => {
  const user = "arn:aws:iam::111122223333:user/ada";
  const statement = { Sid: "Own", Effect: "Allow", Action: ["iam:PutUserPolicy"], Resource: user };
  const details = {
    UserDetailList: [{ Arn: user, UserName: "ada", UserPolicyList: [{ PolicyName: "own", PolicyDocument: { Statement: [statement] } }] }],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  };
  const account = () => writeFileSync(join(dir, "account.json"), JSON.stringify(details));
  const nowhere = { ROLLCALL_URL: "", ROLLCALL_TOKEN: "" };

  test("analyse finds who can make itself administrator", async () => {
    account();
    const { code, stdout } = await run(["analyse", "account.json", "--json"], nowhere);
    const { escalationPaths } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(escalationPaths.map(({ from, to, techniques }) => [from, to, techniques])).toEqual([
      [user, "arn:aws:iam::111122223333:root", ["iam-007"]],
    ]);
    expect(requests).toEqual([]);
  });

  test("can answers with the statement", async () => {
    account();
    const { code, stdout } = await run(["can", user, "iam:PutUserPolicy", user, "account.json", "--json"], nowhere);
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({ decision: "allowed", statements: [expect.objectContaining({ statement: "Own" })] }),
    ]);
  });

  test("questions come from standard input", async () => {
    const child = execFile(process.execPath, [rollcall, "can", "--questions", "-"], { cwd: dir });
    const output = new Promise((resolve) => child.stdout.on("data", (chunk) => resolve(String(chunk))));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end("{\n");
    expect(JSON.parse(await output)).toMatchObject({ id: null, decision: "invalid", line: 1 });
    expect(await ended).toBe(1);
  });
});
