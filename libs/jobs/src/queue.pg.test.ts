import { randomBytes } from "node:crypto";
import { startTestPostgres } from "@rollcall/platform/testing";
import { queueConformance } from "./testing/queue-conformance.ts";

queueConformance("PostgreSQL", async () => {
  const given = process.env["ROLLCALL_TEST_PG_URL"];
  const server = given === undefined ? await startTestPostgres() : null;
  // A schema of its own: the server is shared by the test files of a run.
  const namespace = `queue_${randomBytes(6).toString("hex")}`;
  return {
    config: { systemUrl: given ?? server!.adminUrl, namespace },
    close: async () => {
      await server?.stop();
    },
  };
});
