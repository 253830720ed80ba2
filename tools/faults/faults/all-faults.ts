import type { Fault } from "../fault.ts";
import { crashDatabase } from "./crash-database.ts";
import { killApi } from "./kill-api.ts";
import { killWorker } from "./kill-worker.ts";
import { poison } from "./poison.ts";
import { restoreBackup } from "./restore-backup.ts";
import { shuffleDeliveries } from "./shuffle-deliveries.ts";
import { staleWorker } from "./stale-worker.ts";

export const allFaults: readonly Fault[] = [killApi, killWorker, crashDatabase, shuffleDeliveries, poison, staleWorker, restoreBackup];
