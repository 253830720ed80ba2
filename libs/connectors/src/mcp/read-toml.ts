import type { Json } from "../input/json-shape.ts";

/**
 * The tables below `mcp_servers` of a TOML file, which is what one client keeps its servers in. Texts, lists of texts, true and false, and
 * tables of these are read; whatever else stands in the file is passed over.
 */
export function serversInToml(text: string): Json {
  const servers: Record<string, Record<string, unknown>> = {};
  let table: Record<string, unknown> | null = null;
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at]!.trim();
    const header = /^\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line);
    if (header !== null) {
      const [root, name, part] = keysOf(header[1]!);
      const server = root === "mcp_servers" && name !== undefined ? (servers[name] ??= {}) : null;
      table = server === null || part === undefined ? server : ((server[part] ??= {}) as Record<string, unknown>);
      continue;
    }
    const assigned = /^("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=\s*(.*)$/s.exec(line);
    if (assigned === null || table === null) continue;
    let value = assigned[2]!;
    // A list may go over several lines.
    while (value.startsWith("[") && !isClosed(value) && at + 1 < lines.length) {
      line = lines[(at += 1)]!.trim();
      value += ` ${line}`;
    }
    table[keysOf(assigned[1]!)[0] ?? ""] = valueOf(value);
  }
  return servers;
}

const quoted = /"(?:[^"\\]|\\.)*"|'[^']*'/g;
const isClosed = (list: string): boolean => list.replace(quoted, "").includes("]");
const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replace(/\\(["\\])/g, "$1") : text.startsWith("'") ? text.slice(1, -1) : text;

const keysOf = (path: string): string[] => [...path.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+/g)].map(([key]) => unquoted(key));

function valueOf(value: string): unknown {
  if (value.startsWith("[")) return [...value.matchAll(quoted)].map(([each]) => unquoted(each));
  if (value.startsWith("{"))
    return Object.fromEntries(
      [...value.matchAll(/("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')/g)].map(([, key, text]) => [
        unquoted(key!),
        unquoted(text!),
      ]),
    );
  const [text] = value.match(quoted) ?? [];
  if (text !== undefined && value.startsWith(text)) return unquoted(text);
  return value.startsWith("true") ? true : value.startsWith("false") ? false : undefined;
}
