import type { FastifyInstance } from "fastify";
import type { ApiParts } from "../api-parts.ts";

type Check = "ok" | "failed" | "not_configured";

const probeTimeoutMillis = 2000;

/** `/healthz`: this process answers. `/readyz`: it can do its work, how much room the disk has and whether the audit log is
 * signed outside the database: with a full disk, or without signatures, it still answers what is stored, so that alone does not make it
 * unready. Neither says anything about the data. */
export function registerHealth(app: FastifyInstance, parts: Pick<ApiParts, "checkDatabase" | "dashboardUrl" | "services">): void {
  app.get("/healthz", { schema: { hide: true } }, async () => ({ status: "ok" }));
  app.get("/readyz", { schema: { hide: true } }, async (request, reply) => {
    const [database, dashboard, disk, troubles] = await Promise.all([
      outcome(parts.checkDatabase(), (error) => request.log.warn({ detail: String(error) }, "database is not ready")),
      parts.dashboardUrl === null
        ? ("not_configured" as const)
        : outcome(reach(parts.dashboardUrl), () => request.log.warn("dashboard is not reachable")),
      parts.services.diskRoom(),
      withTimeout(parts.services.troubles()).catch(() => null),
    ]);
    const auditCheckpoints = troubles === null ? "unknown" : troubles.some(({ id }) => id === "audit-checkpoints") ? "failing" : "ok";
    if (disk !== "ok") request.log.warn({ disk }, "the disk of the data folder has little room");
    const ready = database === "ok" && dashboard !== "failed";
    if (!ready) reply.header("retry-after", 2);
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? "ready" : "not_ready", checks: { database, dashboard, disk, auditCheckpoints } });
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

async function withTimeout<T>(check: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("timed out")), probeTimeoutMillis);
  });
  try {
    return await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function reach(url: string): Promise<void> {
  const response = await fetch(url, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(probeTimeoutMillis) });
  if (response.status >= 500) throw new Error(`dashboard answered ${response.status}`);
}
