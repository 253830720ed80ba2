import type { JobHandlers } from "@rollcall/posture-pipeline";
import { jobNames } from "../job-definition.ts";

/** Takes every job there is and does nothing. */
export const idleHandlers = Object.fromEntries(jobNames.map((name) => [name, async () => {}])) as unknown as JobHandlers;
