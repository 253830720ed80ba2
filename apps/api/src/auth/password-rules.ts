import { isCommon } from "./common-passwords.ts";

/** What people make passwords of when they have to, besides words of their own: tried first by everybody who guesses. */
const commonParts = (
  "password passwort passw0rd p@ssw0rd p@ssword passwd letmein welcome changeme default secret login master administrator " +
  "admin root user guest test hello iloveyou trustno1 whatever freedom sunshine princess monkey dragon " +
  "football baseball superman batman starwars shadow michael summer winter spring autumn qwertyuiop qwertzuiop azertyuiop " +
  "qwerty qwertz azerty asdfghjkl asdfgh asdf zxcvbnm zxcvbn yxcvbnm 1q2w3e4r5t6y 1q2w3e4r 1qaz2wsx3edc 1qaz2wsx 1qaz " +
  "qazwsx abc123 abcdef abcd"
).split(" ");
/** Words of the product: the documented list that no password may be made of. */
const productWords = ["rollcall", "roll-call", "nonhuman", "non-human", "identity", "identities", "nhi", "posture"];
const leastOwnCharacters = 6;
const leastDistinct = 5;

/** `ada.lovelace@example.org` and `Ada Lovelace` -> the words in them that are long enough to be recognised. */
export const wordsOf = (...texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3);

/**
 * Why a password is too easy to guess, or null. No rule asks for kinds of characters: what counts is how much is left once words are taken out that
 * stand for the person, the organisation or the product, and those that everybody uses.
 */
export function weaknessOf(password: string, ownWords: readonly string[]): string | null {
  const lower = password.toLowerCase();
  if (new Set(lower).size < leastDistinct) return "It repeats a few characters. Choose a longer or more varied one";
  if (isRun(lower)) return "Its characters follow one another. Choose one that is not a row of keys or digits";
  if (isCommon(password)) return "Many people had it, and it is tried first. Choose one that nobody else would think of";
  let rest = lower;
  for (const word of [...commonParts, ...productWords, ...ownWords].toSorted((left, right) => right.length - left.length))
    rest = rest.replaceAll(word, " ");
  const own = rest.replace(/(\d)\1+|\b(?:19|20)\d\d\b|[^\p{L}\p{N}]/gu, "");
  return own.length < leastOwnCharacters
    ? "It is made of words and numbers that are tried first. Add words that have nothing to do with you"
    : null;
}

/** `abcdefgh1234`, `987654321098`, `aaabbbcccddd`. */
function isRun(text: string): boolean {
  let steps = 0;
  for (let at = 1; at < text.length; at += 1) if (Math.abs(text.charCodeAt(at) - text.charCodeAt(at - 1)) <= 1) steps += 1;
  return steps >= (text.length - 1) * 0.7;
}
