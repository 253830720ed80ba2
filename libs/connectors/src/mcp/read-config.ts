import type { ImportFile } from "@rollcall/posture-pipeline";
import { asObject, asString, objectsIn, stringsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { withoutComments } from "../input/json-with-comments.ts";
import { parseJson } from "../input/parse-json.ts";
import { parseToml } from "../input/parse-toml.ts";
import { parseYaml } from "../input/parse-yaml.ts";
import { readText } from "../input/read-text.ts";
import { holdsKnownSecret } from "../input/redact-text.ts";

export interface McpServer {
  readonly name: string;
  /** `stdio` = a program on the machine of the client. */
  readonly transport: "stdio" | "http";
  /** Name of the program or package; never its arguments. */
  readonly program: string | null;
  /** Host of a remote server. */
  readonly host: string | null;
  readonly disabled: boolean;
  readonly inputs: readonly McpInput[];
}

/** Something that is handed to a server and may be a secret. The value must not leave this folder. */
export interface McpInput {
  readonly kind: "environment" | "header" | "argument" | "url";
  readonly name: string;
  readonly value: string;
}

export interface McpConfig {
  readonly client: string;
  readonly servers: readonly McpServer[];
}

/** Keys under which clients keep their servers, where the name of the file does not have to say so. */
const ownKeys = /"(?:mcpServers|context_servers|amp\.mcpServers)"\s*:\s*[{[]/;
const editorFile = /(?:^|[\\/])(?:mcp|settings|opencode)\.jsonc?$/i;

/** A configuration of an MCP client, in JSON with or without comments, in YAML, or in TOML. */
export function looksLikeMcpConfig(file: ImportFile): boolean {
  const text = readText(file);
  if (/\.toml$/i.test(file.name)) return /^\[mcp_servers\./m.test(text);
  if (/\.ya?ml$/i.test(file.name)) return /^mcpServers:\s*$/m.test(text) && !/^apiVersion\s*:/m.test(text);
  if (!/^\s*\uFEFF?(?:\{|\/[/*])/.test(text)) return false;
  return ownKeys.test(text) || (editorFile.test(file.name) && /"(?:servers|mcp)"\s*:\s*\{/.test(text) && serversOf(rootOf(file)) !== null);
}

/** What is wrong with it in words, or the configuration. */
export function readMcpConfig(file: ImportFile): McpConfig | string {
  const root = rootOf(file);
  if (typeof root === "string") return root;
  const servers = serversOf(root);
  if (servers === null) return "names no MCP servers";
  return { client: clientOf(file.name), servers: servers.map(([name, raw]) => readServer(name, raw)) };
}

const isNoValid = (language: string, line: number | null): string => `is not valid ${language}${line === null ? "" : ` at line ${line}`}`;

function rootOf(file: ImportFile): Json | string {
  const text = readText(file);
  if (/\.toml$/i.test(file.name)) {
    const parsed = parseToml(text);
    return parsed.ok ? { mcpServers: asObject(asObject(parsed.value)?.["mcp_servers"]) } : isNoValid("TOML", parsed.line);
  }
  if (/\.ya?ml$/i.test(file.name)) {
    const parsed = parseYaml(text);
    return parsed.ok ? (asObject(parsed.value) ?? {}) : isNoValid("YAML", parsed.line);
  }
  const strict = parseJson(text);
  const parsed = strict.ok ? strict : parseJson(withoutComments(text));
  return parsed.ok ? (asObject(parsed.value) ?? {}) : parsed.message;
}

/** Servers wherever clients keep them; null when there is no such place. One name in several projects is told apart by the project. */
function serversOf(root: Json | string): readonly (readonly [string, Json])[] | null {
  if (typeof root === "string") return null;
  const mcp = asObject(root["mcp"]);
  const places: (readonly [string, unknown])[] = [
    ["", root["mcpServers"] ?? root["amp.mcpServers"] ?? root["context_servers"] ?? root["servers"] ?? mcp?.["servers"] ?? mcp],
    ...Object.entries(asObject(root["projects"]) ?? {}).map(
      ([path, project]) => [lastPart(path), asObject(project)?.["mcpServers"]] as const,
    ),
  ];
  const listed = places.filter(([, servers]) => asObject(servers) !== undefined || Array.isArray(servers));
  if (listed.length === 0) return null;
  const found = new Map<string, Json>();
  for (const [project, servers] of listed)
    for (const [name, raw] of entriesOf(servers)) found.set(found.has(name) ? `${name} (${project})` : name, raw);
  return [...found];
}

/** By name, or as a list of which every entry has its own. */
const entriesOf = (servers: unknown): readonly (readonly [string, Json])[] =>
  Array.isArray(servers)
    ? objectsIn(servers).flatMap((raw) => (asString(raw["name"]) === undefined ? [] : [[asString(raw["name"])!, raw] as const]))
    : Object.entries(asObject(servers) ?? {}).flatMap(([name, value]) => {
        const raw = asObject(value);
        return raw === undefined || name === "" ? [] : [[name, raw] as const];
      });

const lastPart = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== "") ?? path;

const clients: readonly (readonly [RegExp, string])[] = [
  [/claude_desktop_config\.json$/i, "Claude Desktop"],
  [/(?:^|[\\/])\.cursor[\\/]mcp\.json$/i, "Cursor"],
  [/(?:(?:^|[\\/])\.vscode|[\\/]Code(?: - Insiders)?[\\/]User)[\\/](?:mcp|settings)\.json$/i, "VS Code"],
  [/(?:^|[\\/])\.?zed[\\/]settings\.json$/i, "Zed"],
  [/(?:^|[\\/])\.codex[\\/]config\.toml$/i, "Codex"],
  [/(?:^|[\\/])\.continue[\\/]/i, "Continue"],
  [/(?:^|[\\/])opencode\.jsonc?$/i, "OpenCode"],
  [/(?:^|[\\/])cline_mcp_settings\.json$/i, "Cline"],
  [/windsurf[^\\/]*[\\/](?:mcp_config|mcp)\.json$/i, "Windsurf"],
  [/\.gemini[\\/]settings\.json$/i, "Gemini CLI"],
  [/(?:^|[\\/])\.(?:mcp|claude)\.json$/i, "Claude Code"],
];

/** The agent whose configuration this is, by where such files lie; else by the file's own name. */
function clientOf(path: string): string {
  const known = clients.find(([pattern]) => pattern.test(path));
  const stem = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).replace(/\.(?:jsonc?|ya?ml|toml)$/i, "");
  return known?.[1] ?? (stem.replace(/[^A-Za-z0-9 ._-]+/g, "-").slice(0, 100) || "agent");
}

function readServer(name: string, raw: Json): McpServer {
  const url = asString(raw["url"]) ?? asString(raw["serverUrl"]) ?? asString(raw["httpUrl"]);
  const address = url === undefined || !URL.canParse(url) ? null : new URL(url);
  const { command, args, env } = programOf(raw);
  const named = (kind: McpInput["kind"], value: unknown): McpInput[] =>
    Object.entries(asObject(value) ?? {}).flatMap(([key, text]) => (typeof text === "string" ? [{ kind, name: key, value: text }] : []));
  return {
    name,
    transport: url === undefined ? "stdio" : "http",
    program: command === undefined ? null : (command.split(/[\\/]/).at(-1) ?? null),
    host: address?.host ?? null,
    disabled: raw["disabled"] === true || raw["enabled"] === false,
    inputs: [
      ...named("environment", env),
      ...named("header", raw["headers"] ?? raw["http_headers"] ?? asObject(raw["requestOptions"])?.["headers"]),
      ...argumentInputs(args),
      ...(address === null ? [] : urlInputs(address)),
    ],
  };
}

/** A program by name with its arguments beside it; as one list; or with all of it inside. */
function programOf(raw: Json): { command: string | undefined; args: readonly string[]; env: unknown } {
  const inner = asObject(raw["command"]);
  const source = inner ?? raw;
  const list = Array.isArray(raw["command"]) ? stringsIn(raw["command"]) : null;
  return {
    command: list === null ? (asString(inner?.["path"]) ?? asString(raw["command"])) : list[0],
    args: list === null ? stringsIn(source["args"]) : list.slice(1),
    env: source["env"] ?? raw["environment"],
  };
}

/** `--api-key value`, `--api-key=value`, `-e NAME=value` of a container, `--header "Name: value"`, and what is a secret by its form alone. */
function argumentInputs(args: readonly string[]): McpInput[] {
  return args.flatMap((arg, index): McpInput[] => {
    const assigned = /^(?:--?)?([A-Za-z][A-Za-z0-9_-]{1,100})=(.+)$/s.exec(arg);
    if (assigned !== null) return [{ kind: "argument", name: assigned[1]!, value: assigned[2]! }];
    const next = args[index + 1];
    const flag = /^--([A-Za-z][A-Za-z0-9_-]{1,100})$/.exec(arg);
    const header = arg === "--header" || arg === "-H" ? /^([A-Za-z][A-Za-z0-9-]{0,100})\s*:\s*(.+)$/s.exec(next ?? "") : null;
    if (header !== null) return [{ kind: "header", name: header[1]!, value: header[2]! }];
    if (flag !== null && next !== undefined && !next.startsWith("-")) return [{ kind: "argument", name: flag[1]!, value: next }];
    const isValue = index > 0 && /^--?[A-Za-z]/.test(args[index - 1]!);
    return !isValue && holdsKnownSecret(arg) ? [{ kind: "argument", name: `argument ${index + 1}`, value: arg }] : [];
  });
}

const urlInputs = (address: URL): McpInput[] => [
  ...(address.password === "" ? [] : [{ kind: "url" as const, name: "password", value: address.password }]),
  ...[...address.searchParams].map(([name, value]) => ({ kind: "url" as const, name, value })),
];
