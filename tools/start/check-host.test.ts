import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { choosePort, prepareDataDir } from "./check-host.ts";

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), "rollcall-host-"))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function occupy(port = 0): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}
const portOf = (server: Server): number => (server.address() as { port: number }).port;

test("an explicit port in use is refused with the fix", async () => {
  const server = await occupy();
  await expect(choosePort(portOf(server), "127.0.0.1")).rejects.toThrow(/in use.*--port/);
  server.close();
});

test("without one, the next free port is taken and said", async () => {
  const { port } = await choosePort(null, "127.0.0.1");
  const server = await occupy(port);
  const next = await choosePort(null, "127.0.0.1");
  expect(next.port).toBeGreaterThan(port);
  expect(next.note).toContain(String(next.port));
  server.close();
});

test("the data folder is made; a file in its place is refused in one line", () => {
  prepareDataDir(join(dir, "a", "b"));
  writeFileSync(join(dir, "file"), "");
  expect(() => prepareDataDir(join(dir, "file"))).toThrow(/^Cannot write to .*--data DIR\.$/);
});

test("a disk without room is refused before anything is written", () => {
  expect(() => prepareDataDir(dir, Number.MAX_SAFE_INTEGER)).toThrow(/MB are free .*--data DIR/);
});
