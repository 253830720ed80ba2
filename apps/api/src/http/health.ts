import type { FastifyInstance } from "fastify";
import type { ApiParts } from "../api-parts.ts";

type Check = "ok" | "failed" | "not_configured";

const probeTimeoutMillis = 2000;

/** `/healthz`: this process answers. `/readyz`: it can do its work, and how much room the disk has: with a full one it still
 * answers what is stored, so that alone does not make it unready. Neither says anything about the data. */
export function registerHealth(app: FastifyInstance, parts: Pick<ApiParts, "checkDatabase" | "dashboardUrl" | "services">): void {
  app.get("/healthz", { schema: { hide: true } }, async () => ({ status: "ok" }));
  app.get("/readyz", { schema: { hide: true } }, async (request, reply) => {
    const [database, dashboard, disk] = await Promise.all([
      outcome(parts.checkDatabase(), (error) => request.log.warn({ detail: String(error) }, "database is not ready")),
      parts.dashboardUrl === null
        ? ("not_configured" as const)
        : outcome(reach(parts.dashboardUrl), () => request.log.warn("dashboard is not reachable")),
      parts.services.diskRoom(),
    ]);
    if (disk !== "ok") request.log.warn({ disk }, "the disk of the data folder has little room");
    const ready = database === "ok" && dashboard !== "failed";
    if (!ready) reply.header("retry-after", 2);
    return reply.status(ready ? 200 : 503).send({ status: ready ? "ready" : "not_ready", checks: { database, dashboard, disk } });
  });
}

async function outcome(check: Promise<void>, onFailure: (error: unknown) => void): Promise<Check> {
  try {
    await withTimeout(check);
    return "ok";
  } catch (error) {
    onFailure(error);
    return "failed";
  }
}

async function withTimeout(check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("timed out")), probeTimeoutMillis);
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function reach(url: string): Promise<void> {
  const response = await fetch(url, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(probeTimeoutMillis) });
  if (response.status >= 500) throw new Error(`dashboard answered ${response.status}`);
}
