export { startTestPostgres, type TestPostgres } from "./start-test-postgres.ts";
export { startTestRedis, type TestRedis } from "./start-test-redis.ts";
