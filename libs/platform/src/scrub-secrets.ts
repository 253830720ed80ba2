const patterns: readonly (readonly [RegExp, string])[] = [
  // Our own keys keep type and key id: enough to find the key, not enough to use it.
  [/\brcl_([a-z]{2,12})_([0-9A-Za-z]{12})_[0-9A-Za-z]{20,64}/g, "rcl_$1_$2_[redacted]"],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"\\]{0,128}):[^\s/@"\\]{1,512}@/gi, "$1:[redacted]@"],
  [/\b(bearer|basic) [A-Za-z0-9._~+/=-]{8,4096}/gi, "$1 [redacted]"],
  [/([?&](?:token|code|key|secret|password|signature)=)[^&\s"\\]{1,2048}/gi, "$1[redacted]"],
];

/** Last line of defence for text that leaves the process: removes what looks like a usable secret. */
export function scrubSecrets(text: string): string {
  let clean = text;
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}
