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
    { name: "one client", files: [cursor], canaries },
    { name: "two clients", files: [cursor, desktop], canaries },
  ],
  partial: [
    { name: "any number of files", files: [cursor, desktop], datasets },
    { name: "a damaged file", files: [textFile("mcp.json", '{"mcpServers": {"a": {"command": ')], datasets },
  ],
});
