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

describe("configurations of other clients", () => {
  const read = (name: string, text: string): string[] => {
    const file = textFile(name, text);
    expect(mcpConnector.recognise(file)).toBe(true);
    const [parsed] = mcpConnector.parse([file], { ...conformanceOptions, accountHint: null });
    return [...parsed!.observations]
      .flatMap(({ observation }) =>
        observation.kind === "grant" ? [`${observation.from} ${observation.grantKind} ${observation.to}`] : [],
      )
      .map((line) => line.replaceAll("mcp:laptop/agent/", ""));
  };
  const token = "abcd1234efgh5678ijkl";
  it.each<[string, string, string, readonly string[]]>([
    [
      "an editor, with comments and a comma too many",
      "laptop/.vscode/mcp.json",
      `{\n  // tools\n  "servers": {"crm": {"url": "https://crm.example/mcp", "headers": {"Authorization": "Bearer ${token}"},},} /* all */\n}`,
      ["VS Code/server/crm USES_SECRET VS Code/server/crm#header/Authorization", "VS Code CAN_CALL_TOOL VS Code/server/crm"],
    ],
    [
      "the settings of an editor",
      "laptop/.vscode/settings.json",
      `{"editor.fontSize": 12, "mcp": {"servers": {"crm": {"command": "uvx", "env": {"API_TOKEN": "${token}"}}}}}`,
      ["VS Code/server/crm USES_SECRET VS Code/server/crm#environment/API_TOKEN", "VS Code CAN_CALL_TOOL VS Code/server/crm"],
    ],
    [
      "a file of several projects, two of which have a server of one name",
      "laptop/.claude.json",
      '{"mcpServers": {"crm": {"command": "a"}}, "projects": {"/home/kim/shop": {"mcpServers": {"crm": {"command": "b"}, "db": {"command": "c"}}}}}',
      [
        "Claude Code CAN_CALL_TOOL Claude Code/server/crm",
        "Claude Code CAN_CALL_TOOL Claude Code/server/crm (shop)",
        "Claude Code CAN_CALL_TOOL Claude Code/server/db",
      ],
    ],
    [
      "Zed, which keeps all of the program in one place",
      "laptop/.zed/settings.json",
      `{"context_servers": {"crm": {"command": {"path": "npx", "args": ["--token", "${token}"], "env": {}}}}}`,
      ["Zed/server/crm USES_SECRET Zed/server/crm#argument/token", "Zed CAN_CALL_TOOL Zed/server/crm"],
    ],
    [
      "OpenCode, which keeps the program as a list",
      "laptop/opencode.json",
      `{"mcp": {"crm": {"type": "local", "command": ["npx", "--token", "${token}"]}, "off": {"type": "remote", "url": "https://x.example", "enabled": false}}}`,
      ["OpenCode/server/crm USES_SECRET OpenCode/server/crm#argument/token", "OpenCode CAN_CALL_TOOL OpenCode/server/crm"],
    ],
    [
      "Continue, a list in YAML",
      "laptop/.continue/config.yaml",
      `name: mine\nmcpServers:\n  - name: crm\n    command: npx\n    env: {CRM_TOKEN: ${token}}\n`,
      ["Continue/server/crm USES_SECRET Continue/server/crm#environment/CRM_TOKEN", "Continue CAN_CALL_TOOL Continue/server/crm"],
    ],
    [
      "Codex, tables in TOML",
      "laptop/.codex/config.toml",
      `model = "x"\n[mcp_servers.crm]\ncommand = "npx"\nargs = [\n  "-y", # yes\n  "crm-mcp",\n]\n[mcp_servers.crm.env]\nCRM_TOKEN = "${token}"\n[mcp_servers."far one"]\nurl = "https://far.example"\nhttp_headers = { Authorization = 'Bearer ${token}' }\n[mcp_servers.off]\ncommand = "y"\nenabled = false\n[other]\ncommand = "z"\n`,
      [
        "Codex/server/crm USES_SECRET Codex/server/crm#environment/CRM_TOKEN",
        "Codex/server/far one USES_SECRET Codex/server/far one#header/Authorization",
        "Codex CAN_CALL_TOOL Codex/server/crm",
        "Codex CAN_CALL_TOOL Codex/server/far one",
      ],
    ],
    [
      "secrets among the arguments: a header, an address",
      "laptop/.cursor/mcp.json",
      `{"mcpServers": {"far": {"command": "npx", "args": ["mcp-remote", "https://far.example", "--header", "Authorization: Bearer ${token}"]}, "db": {"command": "npx", "args": ["-y", "pg-mcp", "postgresql://app:${token}@db.example/x"]}}}`,
      [
        "Cursor/server/db USES_SECRET Cursor/server/db#argument/argument 3",
        "Cursor/server/far USES_SECRET Cursor/server/far#header/Authorization",
        "Cursor CAN_CALL_TOOL Cursor/server/db",
        "Cursor CAN_CALL_TOOL Cursor/server/far",
      ],
    ],
  ])("%s", (_, name, text, expected) => expect(read(name, text)).toEqual(expected));

  it.each([
    ["laptop/.codex/config.toml", `[mcp_servers.crm]\ncommand = "npx\n`, "is not valid TOML at line 2"],
    ["laptop/.continue/config.yaml", `mcpServers:\n- name: [${token}\n`, "is not valid YAML at line 3"],
  ])("%s is refused in words where it is broken", (name, text, message) => {
    const [parsed] = mcpConnector.parse([textFile(name, text)], { ...conformanceOptions, accountHint: null });
    expect(parsed!.rejected.map(({ message: said }) => said)).toEqual([`${name} ${message}`]);
  });

  it("are not any file with such a word", () => {
    const isOurs = (name: string, text: string): boolean => mcpConnector.recognise(textFile(name, text));
    expect(isOurs("settings.json", '{"servers": ["a"]}')).toBe(false);
    expect(isOurs("list.json", '{"servers": {"a": {}}}')).toBe(false);
    expect(isOurs("config.toml", "[servers.a]\n")).toBe(false);
    expect(isOurs("a.yaml", "apiVersion: v1\nmcpServers:\n")).toBe(false);
  });
});
