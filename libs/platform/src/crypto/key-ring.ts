import { AppError } from "../app-error.ts";
import { boxKeyOf, newBoxSeed, type BoxPrivateKey } from "./credential-box.ts";

/*
 * A ring of connector keys as text: one key of 64 hex digits per line, the one that new credentials are sealed with first; `#` begins a remark.
 * `where` names its place in messages, which never repeat what it holds.
 */

export function readKeyRing(text: string, where: string): readonly BoxPrivateKey[] {
  const seeds = linesOf(text).filter((line) => line !== "" && !line.startsWith("#"));
  if (seeds.length === 0 || seeds.some((seed) => !/^[0-9a-f]{64}$/i.test(seed)))
    throw new AppError(
      "precondition_failed",
      `${where} is damaged: it must hold one key of 64 hex digits per line. Restore it from your backup`,
    );
  return seeds.map(boxKeyOf);
}

export const newKeyRing = (): string => `${newBoxSeed()}\n`;

/** The ring with a new key before the others, which stay. */
export function withNewKey(text: string): { readonly text: string; readonly key: BoxPrivateKey } {
  const seed = newBoxSeed();
  return { text: `${[seed, ...linesOf(text)].join("\n")}\n`, key: boxKeyOf(seed) };
}

/** The ring with only the keys of these ids, remarks included. */
export function withKeysOnly(text: string, keyIds: readonly string[]): string {
  const kept = linesOf(text).filter((line) => line === "" || line.startsWith("#") || keyIds.includes(boxKeyOf(line).keyId));
  return `${kept.join("\n")}\n`;
}

const linesOf = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.trim());
