import { describe, expect, it } from "vitest";
import type { Observation } from "@rollcall/nhi-model";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { mcpConnector } from "./connector.ts";
import { secretInput } from "./secret-input.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const all = mcpConnector
  .parse([fixtureFile(fixtures, "laptop-7/.cursor/mcp.json")], conformanceOptions)
  .flatMap((parsed) => [...parsed.observations].map(({ observation }) => observation));
const short = (ref: string): string => ref.replace("mcp:laptop-7/agent/Cursor", "~");
const named = (ref: string): Observation | undefined => all.find((each) => short(each.ref) === ref);

describe("a configuration", () => {
  it("is an agent that may call its servers, and these are given secrets by name", () => {
    expect(named("~")).toMatchObject({ identityKind: "ai_agent", name: "Cursor at laptop-7", account: "laptop-7" });
    expect(all.flatMap((each) => (each.kind === "grant" ? [`${short(each.from)} ${each.grantKind} ${short(each.to)}`] : []))).toEqual([
      "~/server/github USES_SECRET ~/server/github#environment/GITHUB_PERSONAL_ACCESS_TOKEN",
      "~/server/tickets USES_SECRET ~/server/tickets#header/Authorization",
      "~/server/tickets USES_SECRET ~/server/tickets#url/api_key",
      "~/server/warehouse USES_SECRET ~/server/warehouse#argument/api-key",
      "~/server/warehouse USES_SECRET ~/server/warehouse#environment/DATABASE_URL",
      "~/server/warehouse USES_SECRET ~/server/warehouse#environment/DB_PASSWORD",
      "~ CAN_CALL_TOOL ~/server/github",
      "~ CAN_CALL_TOOL ~/server/tickets",
      "~ CAN_CALL_TOOL ~/server/warehouse",
    ]);
  });

  it("says of a server what it is and where, of a disabled one that it is, and of a secret where it lies", () => {
    expect(named("~/server/tickets")).toMatchObject({ attributes: { transport: "http", host: "tickets.example" } });
    expect(named("~/server/github")).toMatchObject({
      attributes: { transport: "stdio", program: "docker" },
      facts: { "auth.methods": ["static_key"] },
    });
    expect(named("~/server/template")).toMatchObject({ facts: { status: "disabled" } });
    expect(named("~/server/github#environment/GITHUB_PERSONAL_ACCESS_TOKEN")).toMatchObject({
      attributes: { kept: "file", valueFingerprint: conformanceOptions.fingerprint("CANARY-mcp-github-pat-0123456789") },
    });
    expect(named("~/server/warehouse#environment/DB_PASSWORD")).toMatchObject({ attributes: { kept: "reference" } });
  });

  it("of a server with a key of AWS says which key that is", () => {
    const text = (env: object) => JSON.stringify({ mcpServers: { aws: { command: "x", env } } });
    const idOf = (env: object): unknown =>
      mcpConnector
        .parse([textFile("a/.mcp.json", text(env))], conformanceOptions)
        .flatMap((parsed) => [...parsed.observations].map(({ observation }) => observation))
        .flatMap((each) => (each.kind === "resource" ? [`${each.name} ${String(each.attributes["accessKeyId"])}`] : []));
    const id = "AKIAIOSFODNN7EXAMPLE";
    expect(idOf({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: "abc" })).toEqual([`AWS_SECRET_ACCESS_KEY ${id}`]);
    expect(idOf({ AWS_ACCESS_KEY_ID: id })).toEqual([]);
    expect(idOf({ AWS_ACCESS_KEY_ID: "${ID}", AWS_SECRET_ACCESS_KEY: "abc" })).toEqual(["AWS_SECRET_ACCESS_KEY undefined"]);
  });

  it("of a repository or an editor is named after its place", () => {
    const refs = (path: string, hint: string | null, text = '{"mcpServers": {}}') =>
      mcpConnector
        .parse([textFile(path, text)], { ...conformanceOptions, accountHint: hint })
        .flatMap((parsed) => [...parsed.observations].map(({ observation }) => observation.ref));
    expect(refs("shop/.mcp.json", null)).toEqual(["mcp:shop/agent/Claude Code"]);
    expect(refs("mcp.json", "build 1", '{"servers": {}}')).toEqual(["mcp:build-1/agent/mcp"]);
    expect(mcpConnector.recognise(textFile("package.json", '{"servers": {}}'))).toBe(false);
  });
});

describe("what counts as a secret", () => {
  it.each([
    ["GITHUB_TOKEN", "abcdef", "file"],
    ["OPENAI_API_KEY", "abcdef", "file"],
    ["AWS_SECRET_ACCESS_KEY", "abcdef", "file"],
    ["Authorization", "Bearer abcdef", "file"],
    ["Authorization", "Bearer ${TOKEN}", "reference"],
    ["POSTGRES_URL", "postgresql://db.example/x", "file"],
    ["SETTINGS", "password=hunter2hunter2", "file"],
    ["API_KEY", "$API_KEY", "reference"],
    ["API_KEY", "<your key>", null],
    ["API_KEY", "YOUR_API_KEY_HERE", null],
    ["API_KEY", "", null],
    ["MAX_TOKENS", "4000", null],
    ["TOKEN_FILE", "/run/token", null],
    ["AWS_REGION", "eu-west-1", null],
    ["KEYBOARD", "de", null],
  ])("%s = %s: %s", (name, value, kept) => expect(secretInput({ kind: "environment", name, value })?.kept ?? null).toBe(kept));
});
