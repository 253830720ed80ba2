import type { ConnectorManifest } from "@rollcall/posture-pipeline";

export const mcpManifest: ConnectorManifest = {
  id: "mcp",
  title: "MCP clients",
  summary: "AI agents, the tool servers they may call, and which secrets these are given.",
  accepts:
    "configurations of MCP clients (mcpServers): claude_desktop_config.json, .mcp.json, .claude.json, .cursor/mcp.json, .vscode/mcp.json, .codex/config.toml and others",
  datasets: [
    { id: "agents", title: "Agents", emits: ["identity"], permissions: [] },
    { id: "servers", title: "MCP servers", emits: ["identity", "grant"], permissions: [] },
    { id: "secrets", title: "Secrets (names only)", emits: ["resource", "grant"], permissions: [] },
  ],
  howToExport: [
    {
      title: "Configurations of one machine (values are dropped on your side)",
      command:
        'find ~ -maxdepth 5 \\( -name claude_desktop_config.json -o -name .mcp.json -o -path "*/.cursor/mcp.json" -o -path "*/.vscode/mcp.json" -o -path "*/.codex/config.toml" \\) -print 2>/dev/null | zip mcp.zip -@',
    },
  ],
  leastPrivilegePolicy: null,
};
