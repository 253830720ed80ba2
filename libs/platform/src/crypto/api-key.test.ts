import fc from "fast-check";
import { expect, test } from "vitest";
import { apiKeyPattern, hashSecret, mintApiKey, parseApiKey, secretMatches } from "./api-key.ts";

test("a minted key parses back", () => {
  for (let i = 0; i < 200; i += 1) {
    const { key, ...parts } = mintApiKey("cli");
    expect(key).toMatch(apiKeyPattern);
    expect(parseApiKey(key)).toEqual(parts);
  }
});

test("changing any character of a key is noticed", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom("0", "a", "Z", "_", "-"), (position, character) => {
      const { key } = mintApiKey("api");
      const at = position % key.length;
      const changed = key.slice(0, at) + character + key.slice(at + 1);
      if (changed !== key) expect(parseApiKey(changed)).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

test("a secret matches its own hash under its own pepper only", () => {
  const { secret } = mintApiKey("api");
  const hash = hashSecret("pepper", secret);
  expect(hash).not.toContain(secret);
  expect(secretMatches("pepper", secret, hash)).toBe(true);
  expect(secretMatches("other", secret, hash)).toBe(false);
  expect(secretMatches("pepper", `${secret}x`, hash)).toBe(false);
  expect(secretMatches("pepper", secret, "")).toBe(false);
});
