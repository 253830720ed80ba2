import type { Fault } from "../fault.ts";
import { fullDisk } from "./full-disk.ts";
import { blockedCheckpoints } from "./blocked-checkpoints.ts";
import { crashDatabase } from "./crash-database.ts";
import { killApi } from "./kill-api.ts";
import { killMigration } from "./kill-migration.ts";
import { killWorker } from "./kill-worker.ts";
import { loseRedis } from "./lose-redis.ts";
import { largeAnswer } from "./large-answer.ts";
import { lyingSource } from "./lying-source.ts";
import { misbehavingApi } from "./misbehaving-api.ts";
import { noisyWorkspace } from "./noisy-workspace.ts";
import { poison } from "./poison.ts";
import { restoreBackup } from "./restore-backup.ts";
import { shuffleDeliveries } from "./shuffle-deliveries.ts";
import { staleWorker } from "./stale-worker.ts";
import { strangeDataDir } from "./strange-data-dir.ts";
import { wrongClocks } from "./wrong-clocks.ts";

export const allFaults: readonly Fault[] = [
  killWorker,
  killApi,
  crashDatabase,
  loseRedis,
  shuffleDeliveries,
  wrongClocks,
  fullDisk,
  misbehavingApi,
  lyingSource,
  poison,
  staleWorker,
  noisyWorkspace,
  largeAnswer,
  killMigration,
  restoreBackup,
  strangeDataDir,
  blockedCheckpoints,
];
