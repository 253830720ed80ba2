import { AppError, readKeyRing } from "@rollcall/platform";
import type { ConnectorKeySource } from "./connector-key-source.ts";

export interface KeyMove {
  readonly from: ConnectorKeySource;
  readonly to: ConnectorKeySource;
  readonly say: (line: string) => void;
}

/** The same keys at another place. The former place is given up only when they were read back from the new one; other keys are never written over. */
export async function moveKeyRing({ from, to, say }: KeyMove): Promise<void> {
  const ring = await from.read();
  if (ring === null) throw new AppError("not_found", `There are no keys in ${from.where}. The worker makes them at its first start`);
  const keys = readKeyRing(ring, from.where);
  if (to.writable && to.where === from.where) await to.write(ring);
  else if (to.writable) await to.create(ring);
  const there = await to.read();
  const held = there === null ? [] : readKeyRing(there, to.where).map(({ keyId }) => keyId);
  const lost = keys.filter(({ keyId }) => !held.includes(keyId)).map(({ keyId }) => keyId);
  if (lost.length > 0)
    throw new AppError(
      "conflict",
      `${to.where} holds other keys, and not ${lost.join(", ")}. Nothing was changed; put the keys there, or move it away`,
    );
  if (held[0] !== keys[0]?.keyId)
    throw new AppError("conflict", `${to.where} has another key first. Nothing was changed; put ${keys[0]?.keyId} before the others`);
  say(`${to.where} has every key: ${keys.length}`);
}
