import { AppError, publishedKey, type Logger } from "@rollcall/platform";
import type { PullSourcesStore } from "@rollcall/posture-pipeline";
import { repeat } from "../repeat.ts";
import type { ConnectorKeys } from "./connector-keys.ts";

export interface KeyCheckDeps {
  readonly connectorKeys: ConnectorKeys;
  readonly pullSources: Pick<PullSourcesStore, "publishConnectorKey" | "keysInUse" | "markMissingKeys">;
  readonly rootKey: string;
  readonly logger: Logger;
}

const enterAgain = "The key that opens it is not on this instance. Enter the credential again, or put the key back and restart the worker";
const againMillis = 30_000;

/**
 * Before the first job: publishes what credentials are sealed with, and compares the keys at hand with those that stored credentials need.
 * Whatever is missing is one line in the log and a mark at the sources; nothing is deleted, and everything else works. Returns false when the keys
 * could not be asked for now: that says nothing about the credentials, and nothing is marked.
 */
export async function checkConnectorKeys({ connectorKeys, pullSources, rootKey, logger }: KeyCheckDeps): Promise<boolean> {
  try {
    await connectorKeys.load();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger.error(
      { detail: error.detail },
      `connector keys: ${error.message}. Sources that Rollcall reads by itself cannot show their credentials until then`,
    );
    if (error.code === "unavailable") return false;
  }
  const { current, ids, where } = connectorKeys;
  if (current !== null) await pullSources.publishConnectorKey(publishedKey(rootKey, current));
  else if (where === null)
    logger.warn("connector keys: neither CONNECTOR_KEY_FILE nor ROLLCALL_DATA_DIR is set; sources cannot keep credentials");
  const missing = (await pullSources.keysInUse()).filter(({ keyId }) => !ids.includes(keyId));
  const marked = await pullSources.markMissingKeys(ids, enterAgain);
  if (missing.length === 0) return true;
  const names = missing.map(({ keyId }) => keyId).join(", ");
  logger.error(
    `connector keys: ${marked} credentials need ${names}, which ${missing.length === 1 ? "is" : "are"} not in ${where ?? "any file"}. Put the line back and restart, or enter them again on the Sources page`,
  );
  return true;
}

/** Checks now, and every half minute for as long as whoever keeps the keys does not answer. */
export async function startKeyCheck(deps: KeyCheckDeps, everyMillis = againMillis): Promise<{ close(): Promise<void> }> {
  let answered = await checkConnectorKeys(deps);
  return repeat(async () => {
    if (answered) return;
    try {
      answered = await checkConnectorKeys(deps);
    } catch (error) {
      deps.logger.warn({ err: error }, "connector keys could not be checked");
    }
  }, everyMillis);
}
