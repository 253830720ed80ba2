import { generateDemo } from "@rollcall/connectors";
import { loadHistory } from "@rollcall/posture-pipeline";
import type { JobHandler } from "@rollcall/posture-pipeline";
import type { WorkerServices } from "../compose.ts";

/** The demo organisation ends today, so that its ages look as they would on the day somebody looks. */
export const loadDemoHandler =
  (services: WorkerServices): JobHandler<"load-demo"> =>
  (payload, context) => {
    const today = services.clock.now().toISOString().slice(0, 10);
    return loadHistory(services, { ...payload, views: generateDemo(`${today}T00:00:00.000Z`) }, context);
  };
