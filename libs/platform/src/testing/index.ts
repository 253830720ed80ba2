export { startTestPostgres, type TestPostgres } from "./start-test-postgres.ts";
export { startTestPooler, type TestPooler } from "./start-test-pooler.ts";
export { startTestRedis, type TestRedis } from "./start-test-redis.ts";
