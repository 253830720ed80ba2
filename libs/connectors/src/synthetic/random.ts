/** Small deterministic generator: the same parts give the same estate on every machine, without any shared state between units. */
export interface Random {
  next(): number;
  /** Whole number in [min, max]. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Characters of an alphabet, for ids and fingerprints. */
  text(length: number, alphabet: string): string;
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX = "0123456789abcdef";

export const hash32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

export const randomFor = (...parts: readonly (string | number)[]): Random => {
  let state = hash32(parts.join("|"));
  // mulberry32: 32 bits of state are plenty, because every unit and every identity starts its own stream.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError("cannot pick from an empty list");
      return list[int(0, list.length - 1)] as (typeof list)[number];
    },
    text: (length, alphabet) => Array.from({ length }, () => alphabet[int(0, alphabet.length - 1)]).join(""),
  };
};

export const hexOf = (length: number, ...parts: readonly (string | number)[]): string => randomFor(...parts).text(length, HEX);
export const base32Of = (length: number, ...parts: readonly (string | number)[]): string => randomFor(...parts).text(length, BASE32);
export const digitsOf = (length: number, ...parts: readonly (string | number)[]): string =>
  `${randomFor(...parts).int(1, 9)}${randomFor("d", ...parts).text(length - 1, "0123456789")}`;
export const uuidOf = (...parts: readonly (string | number)[]): string => {
  const hex = hexOf(32, ...parts);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
