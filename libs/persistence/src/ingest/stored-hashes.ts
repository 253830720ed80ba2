export const hashBytes = 16;
const free = -1;

/**
 * The hashes of the statements that a scope shows as present. A hash covers kind and ref too, so within a scope it names one statement:
 * a listing is compared with the whole inventory without its keys, in 16 bytes a row and one probe.
 */
export class StoredHashes {
  readonly #hashes: Buffer;
  readonly #words: Int32Array;
  /** Open addressing: positions in `#hashes`, at most half full. A hash is uniform, so any part of it is a good slot. */
  readonly #slots: Int32Array;
  readonly #shown: Uint8Array;
  #left: number;

  constructor(hashes: Buffer) {
    const count = hashes.length / hashBytes;
    this.#hashes = hashes;
    this.#words = wordsOf(hashes);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 2))).fill(free);
    this.#shown = new Uint8Array(count);
    this.#left = count;
    for (let position = 0; position < count; position += 1) {
      let slot = this.#words[position * 4]! & (this.#slots.length - 1);
      while (this.#slots[slot] !== free) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = position;
    }
  }

  /** Marks a hash as shown; false when it is not stored, or was shown before. */
  show(hash: Int32Array): boolean {
    const mask = this.#slots.length - 1;
    for (let slot = hash[0]! & mask; ; slot = (slot + 1) & mask) {
      const position = this.#slots[slot]!;
      if (position === free) return false;
      const at = position * 4;
      if (
        this.#words[at] !== hash[0] ||
        this.#words[at + 1] !== hash[1] ||
        this.#words[at + 2] !== hash[2] ||
        this.#words[at + 3] !== hash[3]
      )
        continue;
      if (this.#shown[position] === 1) return false;
      this.#shown[position] = 1;
      this.#left -= 1;
      return true;
    }
  }

  /** What the listing did not show, in hex. */
  *notShown(): Generator<string> {
    if (this.#left === 0) return;
    for (let position = 0; position < this.#shown.length; position += 1)
      if (this.#shown[position] === 0) yield this.#hashes.toString("hex", position * hashBytes, (position + 1) * hashBytes);
  }
}

/** The bytes as 32-bit words; copied when the buffer lies crooked in its memory. */
export function wordsOf(bytes: Buffer): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  return new Int32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.length / 4));
}

/** The first words of bytes that are the characters of a text. */
export function wordsOfText(latin1: string, words: Int32Array): Int32Array {
  const byte = (at: number): number => latin1.charCodeAt(at);
  for (let i = 0; i < words.length; i += 1) {
    const at = i * 4;
    words[i] = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24);
  }
  return words;
}
