/** Which characters stand at a place of a pattern. */
type Characters = { readonly not: boolean; readonly set: ReadonlySet<string> };

interface Step {
  readonly characters: Characters;
  readonly optional: boolean;
  readonly repeated: boolean;
}

/** The texts that a pattern fits, as steps to be taken one after the other. */
export type TextLanguage = readonly Step[];

const anything: Characters = { not: true, set: new Set() };
const anyButSlash: Characters = { not: true, set: new Set("/") };
const once = (characters: Characters): Step => ({ characters, optional: false, repeated: false });
const run = (characters: Characters): Step => ({ characters, optional: true, repeated: true });
const just = (character: string): Characters => ({ not: false, set: new Set(character) });

/** Patterns of IAM: `*` any run, `?` any one. */
export const globLanguage = (pattern: string): TextLanguage =>
  Array.from(pattern, (each) => (each === "*" ? run(anything) : once(each === "?" ? anything : just(each))));

export const exactLanguage = (text: string): TextLanguage => Array.from(text, (each) => once(just(each)));

/** Filters of branches and tags: `*` stops at a slash and `**` does not; `?` and `+` belong to what stands before; `[0-9]` one of; `\` takes the next as it is. */
export function gitFilterLanguage(pattern: string): TextLanguage {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const each = pattern[at]!;
    const last = steps.at(-1);
    const close = each === "[" ? pattern.indexOf("]", at + 1) : -1;
    if (each === "*") {
      let end = at;
      while (pattern[end + 1] === "*") end++;
      steps.push(run(end > at ? anything : anyButSlash));
      at = end;
    } else if (each === "?" && last !== undefined) steps[steps.length - 1] = { ...last, optional: true };
    else if (each === "+" && last !== undefined) steps[steps.length - 1] = { ...last, repeated: true };
    else if (close > at + 1) {
      steps.push(once({ not: false, set: rangeOf(pattern.slice(at + 1, close)) }));
      at = close;
    } else if (each === "\\" && at + 1 < pattern.length) steps.push(once(just(pattern[++at]!)));
    else steps.push(once(just(each)));
  }
  return steps;
}

/** `a-c0` is a, b, c and 0. */
function rangeOf(text: string): ReadonlySet<string> {
  const set = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    const [from, to] = [text.charCodeAt(at), text[at + 1] === "-" ? text.charCodeAt(at + 2) : Number.NaN];
    if (to >= from && to - from < 256) {
      for (let code = from; code <= to; code++) set.add(String.fromCharCode(code));
      at += 2;
    } else set.add(text[at]!);
  }
  return set;
}

const fits = ({ not, set }: Characters, character: string): boolean => set.has(character) !== not;

/** One of each kind of character that the patterns tell apart. */
function alphabetOf(...languages: readonly TextLanguage[]): readonly string[] {
  const characters = new Set(["/"]);
  for (const language of languages) for (const step of language) for (const each of step.characters.set) characters.add(each);
  let other = 0xe000;
  while (characters.has(String.fromCharCode(other))) other++;
  return [...characters, String.fromCharCode(other)];
}

/** Places that are reached without taking a character. */
function settled(language: TextLanguage, places: Iterable<number>): number[] {
  const found = new Set<number>();
  for (const place of places)
    for (let at = place; !found.has(at); at++) {
      found.add(at);
      if (language[at]?.optional !== true) break;
    }
  return [...found].sort((a, b) => a - b);
}

function after(language: TextLanguage, places: readonly number[], character: string): number[] {
  const next = new Set<number>();
  for (const place of places) {
    const step = language[place];
    if (step === undefined || !fits(step.characters, character)) continue;
    next.add(place + 1);
    if (step.repeated) next.add(place);
  }
  return settled(language, next);
}

/** Places looked at; names of branches need some hundreds. */
const mostWork = 2_000_000;

/** Whether every text of `narrow` is one of `wide`, and whether some text is in both; null when the patterns are too tangled to tell. */
export function compareLanguages(wide: TextLanguage, narrow: TextLanguage): { readonly covers: boolean; readonly meets: boolean } | null {
  const alphabet = alphabetOf(wide, narrow);
  const start = { a: settled(wide, [0]), b: settled(narrow, [0]) };
  const seen = new Set([`${start.a.join()}|${start.b.join()}`]);
  const open = [start];
  let [covers, meets, work] = [true, false, 0];
  for (const { a, b } of open) {
    work += alphabet.length * (a.length + b.length + 1);
    if (work > mostWork) return null;
    if (b.includes(narrow.length)) {
      if (a.includes(wide.length)) meets = true;
      else covers = false;
    }
    for (const character of alphabet) {
      const next = { a: after(wide, a, character), b: after(narrow, b, character) };
      const key = `${next.a.join()}|${next.b.join()}`;
      // Where the narrower one has nothing left, the other does not matter.
      if (next.b.length === 0 || seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
  return { covers, meets };
}
