import type { TestProject } from "vitest/node";
import { startTestPostgres } from "./start-test-postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Superuser URL of the test server, maintenance database. Also in `ROLLCALL_TEST_ADMIN_URL`. */
    postgresAdminUrl: string;
  }
}

/** Vitest global setup: one PostgreSQL for the whole run, shared by the projects that need it. */
let running: Promise<{ adminUrl: string; stop: () => Promise<void> }> | null = null;
let users = 0;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env["ROLLCALL_TEST_ADMIN_URL"];
  if (running === null) {
    running = external === undefined ? startTestPostgres() : Promise.resolve({ adminUrl: external, stop: async () => {} });
  }
  users += 1;
  const server = await running;
  process.env["ROLLCALL_TEST_ADMIN_URL"] = server.adminUrl;
  project.provide("postgresAdminUrl", server.adminUrl);
  return async () => {
    users -= 1;
    if (users > 0) return;
    running = null;
    if (external === undefined) delete process.env["ROLLCALL_TEST_ADMIN_URL"];
    await server.stop();
  };
}
