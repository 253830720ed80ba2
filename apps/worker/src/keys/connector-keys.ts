import { AppError, newKeyRing, openCredential, readKeyRing, type BoxPrivateKey, type BoxPublicKey } from "@rollcall/platform";
import type { ConnectorKeySource } from "./connector-key-source.ts";

/** The keys that open the credentials of sources. They never leave this process. */
export class ConnectorKeys {
  readonly #source: ConnectorKeySource | null;
  #keys: readonly BoxPrivateKey[] = [];
  #stamp: string | null = null;

  constructor(source: ConnectorKeySource | null) {
    this.#source = source;
  }

  /** Where they are kept, for messages; null when there is no place for them. */
  get where(): string | null {
    return this.#source?.where ?? null;
  }

  /** Reads the ring, and makes it when there is none. Throws an AppError of one line. */
  async load(): Promise<void> {
    if (this.#source === null) return;
    if (this.#source.stamp() === null) await this.#source.create(newKeyRing());
    await this.#read(this.#source);
  }

  /** What new credentials are sealed with; null without a key. */
  get current(): BoxPublicKey | null {
    const [first] = this.#keys;
    return first === undefined ? null : { keyId: first.keyId, publicKey: first.publicKey };
  }

  get ids(): readonly string[] {
    return this.#keys.map(({ keyId }) => keyId);
  }

  /** Looks again whenever the ring was changed: a new key opens, and one that was taken out opens nothing any more, while this process runs. */
  async open(context: string, sealed: Uint8Array): Promise<string> {
    const stamp = this.#source?.stamp() ?? null;
    if (this.#source !== null && stamp !== null && stamp !== this.#stamp) await this.#read(this.#source);
    return openCredential(this.#keys, context, sealed);
  }

  async #read(source: ConnectorKeySource): Promise<void> {
    const stamp = source.stamp();
    const ring = await source.read();
    if (ring === null) throw new AppError("precondition_failed", `${source.where} is not there. Restore it from your backup`);
    this.#keys = readKeyRing(ring, source.where);
    // Only now: what could not be read is asked for again.
    this.#stamp = stamp;
  }
}
