import {
  addKeyToFile,
  AppError,
  keepKeysInFile,
  publishedKey,
  readKeyFile,
  rewrapCredential,
  type BoxPrivateKey,
} from "@rollcall/platform";
import { rewrapCredentials, type PullSourcesStore } from "@rollcall/posture-pipeline";

export interface RotationDeps {
  readonly pullSources: PullSourcesStore;
  readonly rootKey: string;
  readonly file: string;
  /** Leaves former keys in the file although nothing needs them: for backups of before. */
  readonly keepFormer: boolean;
  readonly say: (line: string) => void;
}

/**
 * A new key for the credentials of sources, while everything runs. Interrupted anywhere and started again, it goes on with the key that it had begun
 * with. Returns false when credentials are left that nobody here can open.
 */
export async function rotateConnectorKey(deps: RotationDeps): Promise<boolean> {
  const { pullSources, rootKey, file, keepFormer, say } = deps;
  const former = readKeyFile(file);
  if (former === null) throw new AppError("not_found", `There is no key file ${file}. The worker makes one at its first start`);
  const key = (await unfinished(pullSources, former)) ?? addKeyToFile(file);
  const keys = [key, ...former.filter(({ keyId }) => keyId !== key.keyId)];
  await pullSources.publishConnectorKey(publishedKey(rootKey, key));
  say(`Key ${key.keyId} seals from now on. Moving what is under other keys`);
  const result = await rewrapCredentials(
    {
      pullSources,
      rewrap: (context, { sealed }) => ({ sealed: rewrapCredential(keys, key, { context, sealed }), keyId: key.keyId }),
    },
    key.keyId,
  );
  say(`${result.rewrapped} credentials moved, ${result.replaced} entered anew meanwhile, ${result.unreadable} that no key here opens`);
  await pullSources.forgetUnusedKeys();
  // Nothing can be sealed under a forgotten key any more: what is in use now is all that ever will be.
  const needed = new Set((await pullSources.keysInUse()).map(({ keyId }) => keyId));
  const idle = keys.filter(({ keyId }) => keyId !== key.keyId && !needed.has(keyId)).map(({ keyId }) => keyId);
  if (keepFormer) say(`Kept in ${file} for backups of before: ${idle.join(", ") || "none"}`);
  else {
    keepKeysInFile(file, [key.keyId, ...needed]);
    say(`Taken out of ${file}: ${idle.join(", ") || "none"}. Credentials in backups of before have to be entered again after a restore`);
  }
  if (result.unreadable > 0) say("The Sources page says which credentials have to be entered again");
  return result.unreadable === 0;
}

/** The key of a rotation that did not come to its end; null when there is none to go on with. */
async function unfinished(pullSources: PullSourcesStore, keys: readonly BoxPrivateKey[]): Promise<BoxPrivateKey | null> {
  const [newest, ...former] = keys;
  if (newest === undefined) return null;
  const published = await pullSources.connectorKey();
  const inUse = (await pullSources.keysInUse()).map(({ keyId }) => keyId);
  const begun = published?.keyId !== newest.keyId || former.some(({ keyId }) => inUse.includes(keyId));
  return begun ? newest : null;
}
