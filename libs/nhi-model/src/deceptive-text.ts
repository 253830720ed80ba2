/** Why a text may not be what it seems: it changes its direction, hides characters, or uses letters that look like Latin ones. */
export type Deception = "direction" | "hidden" | "look_alike";

const ascii = /^[\u0020-\u007e]*$/;
/** Unicode's explicit directions: they make what follows read another way round than it is stored. */
const direction = /[\u202a-\u202e\u2066-\u2069]/u;
/** Default-ignorable characters show nothing. Joiners are left alone: emoji and several scripts need them. */
const hidden =
  /\u034f|[\u17b4-\u17b5]|[\u180b-\u180e]|[\u00ad\u061c\u115f-\u1160\u200b\u200e-\u200f\u2060-\u2064\u3164\ufeff\uffa0\u{e0000}-\u{e0fff}]/u;
const word = /[\p{L}\p{M}]+/gu;
const latin = /\p{Script=Latin}/u;
/** Letters of other alphabets that most typefaces draw as they draw a Latin one; after the confusables of Unicode TR 39. */
const twins = "асԁеһіјӏոорԛѕԝхуаАВЕЅІЈКМНОРСТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι";
const twin = new RegExp(`[${twins}]`, "u");
const onlyTwins = new RegExp(`^[${twins}]+$`, "u");
/** Full-width letters, and those of mathematics. */
const styled = /[\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}]/u;

/** What is deceptive about a name, or null; nearly all names are plain ASCII and cost one look. */
export function deceptionIn(text: string): Deception | null {
  if (ascii.test(text)) return null;
  if (direction.test(text)) return "direction";
  if (hidden.test(text)) return "hidden";
  if (styled.test(text)) return "look_alike";
  const words = text.match(word) ?? [];
  return words.some(seemsLatin) ? "look_alike" : null;
}

/** A twin among Latin letters, or a word of nothing but twins. One letter alone is a letter. */
function seemsLatin(letters: string): boolean {
  if (letters.length === 1) return false;
  return latin.test(letters) ? twin.test(letters) : onlyTwins.test(letters);
}

/** The text with everything beyond ASCII by its number, so that two names that look the same can be told apart. */
export const spelledOut = (text: string): string =>
  text.replaceAll(/[^\u0020-\u007e]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
