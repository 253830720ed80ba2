/** Hidden places where people keep what connectors read: workflows of a repository, configurations of agents. */
const read: ReadonlySet<string> = new Set([
  ".github",
  ".mcp.json",
  ".claude.json",
  ".claude",
  ".cursor",
  ".vscode",
  ".gemini",
  ".codeium",
  ".codex",
  ".continue",
  ".zed",
]);

/** Whether a file or folder of this name, met inside a folder, is a note of some tool or system, rather than something to read. */
export const isLeftByTools = (name: string): boolean => (name.startsWith(".") && !read.has(name.toLowerCase())) || name === "__MACOSX";
