// Formats of credentials that people paste into tags and descriptions. Identifiers (AKIA...) are not secrets and stay.
const knownSecret =
  /(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}|xox[abeoprs]-[\w-]{10,250}|sk_live_\w{10,99}|eyJ[\w-]{10,4000}\.[\w-]{10,4000}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)/;
const assignment = /\b(?:password|passwd|pwd|secret|token|api[_-]?key)\s{0,4}[=:]\s{0,4}\S{6,512}/i;
const urlPassword = /:\/\/[^\s:/@]{0,128}:[^\s/@]{1,256}@/;
const opaque = /(?:^|[^A-Za-z0-9+/_-])([A-Za-z0-9+/_-]{32,4096}={0,2})(?![A-Za-z0-9+/_-])/;

/** Free text of a source with anything that looks like a usable secret replaced. Wrong in favour of removing. */
export function redactText(text: string): string {
  if (knownSecret.test(text) || assignment.test(text) || urlPassword.test(text)) return "[removed: looks like a secret]";
  const token = opaque.exec(text)?.[1];
  return token !== undefined && looksRandom(token) ? "[removed: looks like a secret]" : text;
}

/** Words joined by dashes are not random; a mix of letters and digits with high entropy per character is. */
function looksRandom(token: string): boolean {
  if (!/\d/.test(token) || !/[A-Za-z]/.test(token)) return false;
  const counts = new Map<string, number>();
  for (const character of token) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / token.length) * Math.log2(count / token.length);
  return bits >= 3.6;
}
