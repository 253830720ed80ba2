import { defineConfig } from "vitest/config";

const ignored = ["**/node_modules/**", "**/dist/**", "**/.next/**", ".tools/**", ".data/**", "e2e/**"];
const needsPostgres = ["{libs,apps,tools}/**/*.pg.test.{ts,tsx,mjs}"];
const needsRedis = ["{libs,apps,tools}/**/*.redis.test.{ts,tsx}"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{libs,apps,tools}/**/*.test.{ts,tsx,mjs}"],
          exclude: [...ignored, ...needsPostgres, ...needsRedis],
          testTimeout: 15_000,
        },
      },
      {
        extends: true,
        test: {
          name: "pg",
          include: needsPostgres,
          exclude: ignored,
          globalSetup: ["./libs/platform/src/testing/postgres-global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "redis",
          include: needsRedis,
          exclude: ignored,
          globalSetup: ["./libs/platform/src/testing/postgres-global-setup.ts", "./libs/platform/src/testing/redis-global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
