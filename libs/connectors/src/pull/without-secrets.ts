const removed = "[removed]";
const shortest = 6;

/** A secret as answers may repeat it: bare, inside JSON, inside an address, encoded. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const all = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
  return [...new Set(all)].filter((text) => text.length >= shortest);
}

/** What came, without the secrets that were sent: error pages and debug output like to repeat them. The same bytes when none is in there. */
export function withoutSecrets(body: Uint8Array, secrets: readonly string[]): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const found = secrets
    .flatMap(spellings)
    .toSorted((a, b) => b.length - a.length)
    .map((text) => Buffer.from(text))
    .filter((needle) => bytes.includes(needle));
  if (found.length === 0) return body;
  let text = bytes.toString("latin1");
  for (const needle of found) text = text.replaceAll(needle.toString("latin1"), removed);
  return Buffer.from(text, "latin1");
}
