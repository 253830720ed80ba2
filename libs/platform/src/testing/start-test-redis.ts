import { mkdtempSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import { locateRedis } from "../redis/locate-redis.ts";
import { startThrowawayServer } from "./start-throwaway-server.ts";

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A throwaway Redis that keeps nothing on disk, or null when this machine has no redis-server. */
export async function startTestRedis(): Promise<TestRedis | null> {
  const binary = locateRedis();
  if (binary === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "rollcall-redis-"));
  const port = await freePort();
  const settings = { port, bind: "127.0.0.1", dir: folder, save: "", appendonly: "no", "maxmemory-policy": "noeviction" };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const stop = await startThrowawayServer({ binary, args, port, folder, greets: pongs });
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/** A Redis that is still loading accepts connections already. */
function pongs(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once("data", (data) => resolve(data.toString().startsWith("+PONG")));
    socket.once("error", () => resolve(false));
    socket.setTimeout(1000, () => resolve(false));
    socket.write("PING\r\n");
  });
}
