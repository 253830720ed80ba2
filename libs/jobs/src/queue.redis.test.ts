import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Redis } from "ioredis";
import { createJobQueue } from "./job-queue.ts";
import { queueConformance } from "./testing/queue-conformance.ts";

const url = process.env["ROLLCALL_TEST_REDIS_URL"];

if (url === undefined) {
  describe.skip("queue on Redis: no redis-server on this machine", () => {
    it("is skipped", () => {});
  });
} else {
  queueConformance("Redis", async () => ({
    config: { systemUrl: "postgresql://unused.invalid/none", redisUrl: url, namespace: `queue_${randomBytes(6).toString("hex")}` },
    close: async () => {},
  }));

  it("refuses a Redis that evicts keys", async () => {
    const client = new Redis(url);
    await client.config("SET", "maxmemory-policy", "allkeys-lru");
    try {
      await expect(createJobQueue({ systemUrl: "postgresql://unused.invalid/none", redisUrl: url })).rejects.toThrow(/noeviction/);
    } finally {
      await client.config("SET", "maxmemory-policy", "noeviction");
      await client.quit();
    }
  });
}
