import { describeConnector, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { mcpConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const cursor = fixtureFile(fixtures, "laptop-7/.cursor/mcp.json");
const desktop = fixtureFile(fixtures, "claude_desktop_config.json");
const datasets = ["agents", "servers", "secrets"];
const canaries = ["github-pat-0123456789", "argument-value", "url-password", "query-value", "header-value"].map(
  (name) => `CANARY-mcp-${name}`,
);

describeConnector({
  connector: mcpConnector,
  cases: [
    {
      name: "tables in TOML",
      files: [
        textFile(
          "laptop-7/.codex/config.toml",
          '[mcp_servers.a]\ncommand = "npx"\nargs = ["--token", "CANARY-mcp-toml-argument-012345"]\n[mcp_servers.a.env]\nA_TOKEN = "CANARY-mcp-toml-environment-0123"\n',
        ),
      ],
      canaries: ["CANARY-mcp-toml-argument-012345", "CANARY-mcp-toml-environment-0123"],
    },
    { name: "one client", files: [cursor], canaries },
    { name: "two clients", files: [cursor, desktop], canaries },
  ],
  partial: [
    { name: "any number of files", files: [cursor, desktop], datasets },
    { name: "a damaged file", files: [textFile("mcp.json", '{"mcpServers": {"a": {"command": ')], datasets },
  ],
});
