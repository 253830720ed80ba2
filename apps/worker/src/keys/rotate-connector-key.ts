import { AppError, publishedKey, readKeyRing, rewrapCredential, withKeysOnly, withNewKey, type BoxPrivateKey } from "@rollcall/platform";
import { rewrapCredentials, type PullSourcesStore, type RewrapDeps, type RewrapResult } from "@rollcall/posture-pipeline";
import type { ConnectorKeySource } from "./connector-key-source.ts";

export interface RotationDeps {
  readonly pullSources: PullSourcesStore;
  readonly rootKey: string;
  readonly source: ConnectorKeySource;
  /** Leaves former keys in the ring although nothing needs them: for backups of before. */
  readonly keepFormer: boolean;
  /** Makes a new key in any case, and leaves no other one in the ring. */
  readonly destroyFormer?: boolean;
  readonly say: (line: string) => void;
}

export interface Rotation {
  /** False: credentials are left that nobody here can open. */
  readonly complete: boolean;
  readonly key: string;
  readonly takenOut: readonly string[];
}

/**
 * A new key for the credentials of sources, while everything runs. Interrupted anywhere and started again, it goes on with the key that it had begun
 * with, unless former keys are to be destroyed: what they sealed may have been moved under that one already.
 */
export async function rotateConnectorKey(deps: RotationDeps): Promise<Rotation> {
  const { pullSources, rootKey, source, say } = deps;
  const { ring, key } = await begin(deps);
  const keys = readKeyRing(ring, source.where);
  await pullSources.publishConnectorKey(publishedKey(rootKey, key));
  say(`Key ${key.keyId} seals from now on. Moving what is under other keys`);
  const result = await moveAll(pullSources, keys, key);
  say(`${result.rewrapped} credentials moved, ${result.replaced} entered anew meanwhile, ${result.unreadable} that no key here opens`);
  // Nothing can be sealed under a forgotten key any more: what is in use now is all that ever will be.
  const needed = new Set((await pullSources.keysInUse()).map(({ keyId }) => keyId));
  const takenOut = await takeOut(deps, { ring, key, kept: deps.destroyFormer === true ? new Set() : needed });
  if (result.unreadable > 0) say("The Sources page says which credentials have to be entered again");
  return { complete: result.unreadable === 0, key: key.keyId, takenOut };
}

/** Returns the keys that left the ring. */
async function takeOut(
  { source, keepFormer, say }: RotationDeps,
  { ring, key, kept }: { readonly ring: string; readonly key: BoxPrivateKey; readonly kept: ReadonlySet<string> },
): Promise<readonly string[]> {
  const idle = readKeyRing(ring, source.where).filter(({ keyId }) => keyId !== key.keyId && !kept.has(keyId));
  const ids = idle.map(({ keyId }) => keyId);
  const names = ids.join(", ") || "none";
  if (keepFormer) say(`Kept in ${source.where} for backups of before: ${names}`);
  else if (!source.writable) say(`Nothing needs these any more, take them out of ${source.where}: ${names}`);
  else {
    await source.write(withKeysOnly(ring, [key.keyId, ...kept]));
    say(`Taken out of ${source.where}: ${names}. Credentials in backups of before have to be entered again after a restore`);
    return ids;
  }
  return [];
}

/** Goes on until nothing is under a former key that could be moved: somebody may enter a credential until that key is forgotten. */
async function moveAll(pullSources: PullSourcesStore, keys: readonly BoxPrivateKey[], key: BoxPrivateKey): Promise<RewrapResult> {
  const rewrap: RewrapDeps["rewrap"] = (context, { sealed }) => ({
    sealed: rewrapCredential(keys, key, { context, sealed }),
    keyId: key.keyId,
  });
  let [rewrapped, replaced] = [0, 0];
  for (;;) {
    const round = await rewrapCredentials({ pullSources, rewrap }, key.keyId);
    rewrapped += round.rewrapped;
    replaced += round.replaced;
    await pullSources.forgetUnusedKeys();
    const left = (await pullSources.keysInUse()).some(({ keyId }) => keyId !== key.keyId && keys.some((held) => held.keyId === keyId));
    if (!left || round.rewrapped === 0) return { rewrapped, replaced, unreadable: round.unreadable };
  }
}

/** The key that seals from now on, already in the ring: the one of a rotation that did not come to its end, or a new one. */
async function begin({
  source,
  pullSources,
  destroyFormer,
}: RotationDeps): Promise<{ readonly ring: string; readonly key: BoxPrivateKey }> {
  const ring = await source.read();
  if (ring === null) throw new AppError("not_found", `There is no key file ${source.where}. The worker makes one at its first start`);
  const key = destroyFormer === true ? null : await unfinished(pullSources, readKeyRing(ring, source.where));
  if (key !== null) return { ring, key };
  if (!source.writable)
    throw new AppError(
      "precondition_failed",
      `Everything is under the first key already. For a new one put 64 hex digits (openssl rand -hex 32) before the others in ${source.where}, restart the worker, and run this again`,
    );
  const begun = withNewKey(ring);
  await source.write(begun.text);
  return { ring: begun.text, key: begun.key };
}

/** Null when there is none to go on with. */
async function unfinished(pullSources: PullSourcesStore, keys: readonly BoxPrivateKey[]): Promise<BoxPrivateKey | null> {
  const [newest, ...former] = keys;
  if (newest === undefined) return null;
  const published = await pullSources.connectorKey();
  const inUse = (await pullSources.keysInUse()).map(({ keyId }) => keyId);
  const begun = published?.keyId !== newest.keyId || former.some(({ keyId }) => inUse.includes(keyId));
  return begun ? newest : null;
}
