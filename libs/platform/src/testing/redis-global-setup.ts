import type { TestProject } from "vitest/node";
import { startTestRedis } from "./start-test-redis.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Null when this machine has no redis-server: Redis tests skip themselves. Also in `ROLLCALL_TEST_REDIS_URL`. */
    redisUrl: string | null;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const redis = await startTestRedis();
  if (redis === null) delete process.env["ROLLCALL_TEST_REDIS_URL"];
  else process.env["ROLLCALL_TEST_REDIS_URL"] = redis.url;
  project.provide("redisUrl", redis?.url ?? null);
  return async () => redis?.stop();
}
