import type { ImportFile } from "@rollcall/posture-pipeline";
import { asObject, asString, stringsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { parseJson } from "../input/parse-json.ts";
import { readText } from "../input/read-text.ts";

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

/** A configuration of an MCP client: `mcpServers`, or `servers` as one editor calls it. */
export function looksLikeMcpConfig(file: ImportFile): boolean {
  const text = readText(file);
  if (!/^\s*\uFEFF?\{/.test(text)) return false;
  return /"mcpServers"\s*:\s*\{/.test(text) || (/(?:^|[\\/])mcp\.json$/i.test(file.name) && /"servers"\s*:\s*\{/.test(text));
}

/** What is wrong with it in words, or the configuration. */
export function readMcpConfig(file: ImportFile): McpConfig | string {
  const parsed = parseJson(readText(file));
  if (!parsed.ok) return parsed.message;
  const root = asObject(parsed.value);
  const servers = asObject(root?.["mcpServers"]) ?? asObject(root?.["servers"]);
  if (servers === undefined) return "names no MCP servers";
  return {
    client: clientOf(file.name),
    servers: Object.entries(servers).flatMap(([name, value]) => {
      const raw = asObject(value);
      return raw === undefined || name === "" ? [] : [readServer(name, raw)];
    }),
  };
}

const clients: readonly (readonly [RegExp, string])[] = [
  [/claude_desktop_config\.json$/i, "Claude Desktop"],
  [/(?:^|[\\/])\.cursor[\\/]mcp\.json$/i, "Cursor"],
  [/(?:^|[\\/])\.vscode[\\/]mcp\.json$/i, "VS Code"],
  [/windsurf[^\\/]*[\\/](?:mcp_config|mcp)\.json$/i, "Windsurf"],
  [/\.gemini[\\/]settings\.json$/i, "Gemini CLI"],
  [/(?:^|[\\/])\.(?:mcp|claude)\.json$/i, "Claude Code"],
];

/** The agent whose configuration this is, by where such files lie; else by the file's own name. */
function clientOf(path: string): string {
  const known = clients.find(([pattern]) => pattern.test(path));
  const stem = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).replace(/\.json$/i, "");
  return known?.[1] ?? (stem.replace(/[^A-Za-z0-9 ._-]+/g, "-").slice(0, 100) || "agent");
}

function readServer(name: string, raw: Json): McpServer {
  const url = asString(raw["url"]) ?? asString(raw["serverUrl"]) ?? asString(raw["httpUrl"]);
  const address = url === undefined || !URL.canParse(url) ? null : new URL(url);
  const command = asString(raw["command"]);
  const named = (kind: McpInput["kind"], value: unknown): McpInput[] =>
    Object.entries(asObject(value) ?? {}).flatMap(([key, text]) => (typeof text === "string" ? [{ kind, name: key, value: text }] : []));
  return {
    name,
    transport: url === undefined ? "stdio" : "http",
    program: command === undefined ? null : (command.split(/[\\/]/).at(-1) ?? null),
    host: address?.host ?? null,
    disabled: raw["disabled"] === true || raw["enabled"] === false,
    inputs: [
      ...named("environment", raw["env"]),
      ...named("header", raw["headers"]),
      ...argumentInputs(stringsIn(raw["args"])),
      ...(address === null ? [] : urlInputs(address)),
    ],
  };
}

/** `--api-key value`, `--api-key=value`, and `-e NAME=value` of a container. */
function argumentInputs(args: readonly string[]): McpInput[] {
  return args.flatMap((arg, index): McpInput[] => {
    const assigned = /^(?:--?)?([A-Za-z][A-Za-z0-9_-]{1,100})=(.+)$/s.exec(arg);
    if (assigned !== null) return [{ kind: "argument", name: assigned[1]!, value: assigned[2]! }];
    const next = args[index + 1];
    const flag = /^--([A-Za-z][A-Za-z0-9_-]{1,100})$/.exec(arg);
    return flag !== null && next !== undefined && !next.startsWith("-") ? [{ kind: "argument", name: flag[1]!, value: next }] : [];
  });
}

const urlInputs = (address: URL): McpInput[] => [
  ...(address.password === "" ? [] : [{ kind: "url" as const, name: "password", value: address.password }]),
  ...[...address.searchParams].map(([name, value]) => ({ kind: "url" as const, name, value })),
];
