import { AppError, createKeyFile, keyFileStamp, readKeyFile, replaceKeyFile } from "@rollcall/platform";
import type { ConnectorKeySource } from "./connector-key-source.ts";
import type { KeyRingWrapper } from "./key-ring-wrapper.ts";

const wrappedForm = /^sealed by ([a-z-]+)\n(\S+)\s*$/;

/** The ring in a file: as it is, or sealed by a key service, so that a copy of the file alone opens nothing. */
export function fileKeySource(path: string, wrapper: KeyRingWrapper | null = null): ConnectorKeySource {
  return {
    where: path,
    writable: true,
    stamp: () => keyFileStamp(path),
    read: async () => {
      const text = readKeyFile(path);
      if (text === null) return null;
      const [, by, sealed] = wrappedForm.exec(text) ?? [];
      if (by !== wrapper?.kind) throw otherKeeper(path, by);
      return wrapper === null || sealed === undefined ? text : wrapper.unwrap(sealed);
    },
    create: async (ring) => createKeyFile(path, await asKept(ring, wrapper)),
    write: async (ring) => replaceKeyFile(path, await asKept(ring, wrapper)),
  };
}

async function asKept(ring: string, wrapper: KeyRingWrapper | null): Promise<string> {
  if (wrapper === null) return ring;
  const sealed = await wrapper.wrap(ring);
  // Who may encrypt may not always decrypt: found out before the former file is gone.
  if ((await wrapper.unwrap(sealed)) !== ring)
    throw new AppError("precondition_failed", `${wrapper.name} does not give back what it sealed. Nothing was written`);
  return `sealed by ${wrapper.kind}\n${sealed}\n`;
}

const otherKeeper = (path: string, by: string | undefined): AppError =>
  new AppError(
    "unavailable",
    by === undefined
      ? `${path} holds keys that are not sealed. Start with CONNECTOR_KEY_SOURCE=file, or move them with rollcall rewrap --to`
      : `${path} is sealed by ${by}. Start with CONNECTOR_KEY_SOURCE=${by}, or move the keys with rollcall rewrap --to`,
  );
