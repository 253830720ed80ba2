import type { CredentialVault } from "@rollcall/api-router";
import { AppError, assertCallable, fingerprinter, isGenuineKey, sealCredential } from "@rollcall/platform";
import { credentialContext, type PullSourcesStore } from "@rollcall/posture-pipeline";

interface VaultDeps {
  readonly rootKey: string;
  readonly privateHosts: readonly string[];
  readonly pullSources: Pick<PullSourcesStore, "connectorKey">;
}

/** This process has the public half of the key only: what it seals it cannot open. */
export const createVault = ({ rootKey, privateHosts, pullSources }: VaultDeps): CredentialVault => ({
  seal: async (workspaceId, source, secret) => {
    const key = await pullSources.connectorKey();
    if (key === null)
      throw new AppError(
        "precondition_failed",
        "No worker has a key for credentials yet. Start the worker, or name its key file with CONNECTOR_KEY_FILE",
      );
    if (!isGenuineKey(rootKey, key))
      throw new AppError("precondition_failed", "The key for credentials in the database is not the worker's. Restart the worker", {
        detail: `connector key ${key.keyId} fails its check`,
      });
    return {
      sealed: sealCredential(key, credentialContext(workspaceId, source), secret),
      keyId: key.keyId,
      // A password may be short enough of a thought to be guessed by whoever learns the key of fingerprints.
      fingerprint: source.auth.kind === "basic" ? null : fingerprinter(rootKey, workspaceId)(secret),
    };
  },
  checkAddress: (address) => void assertCallable(address, privateHosts),
});
