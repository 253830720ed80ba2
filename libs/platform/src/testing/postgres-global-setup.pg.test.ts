import { connect } from "node:net";
import { expect, inject, test } from "vitest";

test("test files find the one running server in their context and in their environment", async () => {
  const url = new URL(inject("postgresAdminUrl"));
  expect(process.env["ROLLCALL_TEST_ADMIN_URL"]).toBe(url.href.replace(/\/$/, ""));
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
});
