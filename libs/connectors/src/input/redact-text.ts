// Formats of credentials that people paste into tags and descriptions. Identifiers (AKIA...) are not secrets and stay.
const knownSecret =
  /(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}|xox[abeoprs]-[\w-]{10,250}|sk_live_\w{10,99}|eyJ[\w-]{10,4000}\.[\w-]{10,4000}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)/;
const assignment = /\b(?:password|passwd|pwd|secret|token|api[_-]?key)\s{0,4}[=:]\s{0,4}\S{6,512}/i;
const urlPassword = /:\/\/[^\s:/@]{0,128}:[^\s/@]{1,256}@/;
const opaque = /(?:^|[^A-Za-z0-9+/])([A-Za-z0-9+/]{32,4096}={0,2})(?![A-Za-z0-9+/])/;
const secretName =
  /^(?:.*[._-])?(?:password|passwd|pwd|secret|token|private[._-]?key|api[._-]?key|secret[._-]?access[._-]?key|client[._-]?secret|credentials?)$/i;
const removed = "[removed: looks like a secret]";

/** Free text of a source with anything that looks like a usable secret replaced. Wrong in favour of removing. */
export function redactText(text: string): string {
  const token = opaque.exec(text)?.[1];
  return holdsKnownSecret(text) || (token !== undefined && looksRandom(token)) ? removed : text;
}

/** A named value: under a name such as `api-token` nothing is shown. */
export const redactNamed = (name: string, text: string): string => (secretName.test(name) ? removed : redactText(text));

/** Only formats that are certain: for text such as policies, where long opaque names are normal. */
export const holdsKnownSecret = (text: string): boolean =>
  text.length >= 8 && (knownSecret.test(text) || assignment.test(text) || urlPassword.test(text));

/** The same for every string inside a value; a string under a name such as `password` goes in any case. */
export function redactDeep(value: unknown, name = ""): unknown {
  if (typeof value === "string") return secretName.test(name) || holdsKnownSecret(value) ? removed : value;
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactDeep(inner, key)]));
}

/** Paths are words between slashes; a key is one long run that mixes letters and digits evenly. */
function looksRandom(token: string): boolean {
  if (!/\d/.test(token) || !/[A-Za-z]/.test(token) || token.split("/").every((part) => part.length < 24)) return false;
  const counts = new Map<string, number>();
  for (const character of token) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / token.length) * Math.log2(count / token.length);
  return bits >= 3.4;
}
