import {
  AppError,
  createKeyFile,
  keyFileStamp,
  openCredential,
  readKeyFile,
  type BoxPrivateKey,
  type BoxPublicKey,
} from "@rollcall/platform";

/** The keys that open the credentials of sources. They never leave this process. */
export class ConnectorKeys {
  readonly file: string | null;
  #keys: readonly BoxPrivateKey[] = [];
  #stamp: string | null = null;

  constructor(file: string | null) {
    this.file = file;
  }

  /** Reads the file, and makes it when there is none. Throws an AppError of one line. */
  load(): void {
    if (this.file === null) return;
    if (keyFileStamp(this.file) === null) createKeyFile(this.file);
    this.#read(this.file);
  }

  /** What new credentials are sealed with; null without a key. */
  get current(): BoxPublicKey | null {
    const [first] = this.#keys;
    return first === undefined ? null : { keyId: first.keyId, publicKey: first.publicKey };
  }

  get ids(): readonly string[] {
    return this.#keys.map(({ keyId }) => keyId);
  }

  /** The keys may have been replaced while this process runs: a credential that does not open makes it look again. */
  open(context: string, sealed: Uint8Array): string {
    try {
      return openCredential(this.#keys, context, sealed);
    } catch (error) {
      if (this.file === null || keyFileStamp(this.file) === this.#stamp) throw error;
      this.#read(this.file);
      return openCredential(this.#keys, context, sealed);
    }
  }

  #read(file: string): void {
    this.#stamp = keyFileStamp(file);
    this.#keys = [];
    const keys = readKeyFile(file);
    if (keys === null) throw new AppError("precondition_failed", `${file} is not there. Restore it from your backup`);
    this.#keys = keys;
  }
}
