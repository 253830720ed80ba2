import fc from "fast-check";
import { expect, test } from "vitest";
import { mintApiKey } from "./crypto/api-key.ts";
import { createLogger } from "./logger.ts";

function capture(): { lines: string[]; logger: ReturnType<typeof createLogger> } {
  const lines: string[] = [];
  const logger = createLogger("test", { level: "info", destination: { write: (text: string) => void lines.push(text) } });
  return { lines, logger };
}

test("one line per event whatever the text holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(fc.constantFrom("\r", "\n", "\u001b", "\u2028", '"', "\\"), fc.string()) }), (text) => {
      const { lines, logger } = capture();
      logger.info({ name: text, nested: { text } }, text);
      expect(lines).toHaveLength(1);
      expect(lines[0]!.trimEnd()).not.toMatch(/[\r\n\u001b]/);
      expect(JSON.parse(lines[0]!).msg).toBe(text);
    }),
  );
});

test("H8: ten thousand random names are ten thousand lines, each one JSON object", { timeout: 60_000 }, () => {
  const name = fc.string({
    unit: fc.oneof(fc.constantFrom("\r", "\n", "\r\n", "\u001b[2J", "\u2028", "\u0085", '"}', "\\", "\ud800"), fc.string()),
  });
  const names = fc.sample(name, { numRuns: 10_000, seed: 8 });
  const { lines, logger } = capture();
  for (const one of names) logger.info({ name: one, tags: [one], [`key ${one}`]: 1 }, one);
  const written = lines.join("").trimEnd().split("\n");
  expect(written).toHaveLength(10_000);
  expect(written.filter((line) => /[\u0000-\u001f]/.test(line))).toEqual([]);
  expect(written.filter((line, at) => (JSON.parse(line) as { msg: string }).msg.length !== names[at]!.length)).toEqual([]);
});

test("named secrets are redacted at every depth we log", () => {
  const { lines, logger } = capture();
  logger.info({ password: "c4nary-1", a: { token: "c4nary-2", headers: { authorization: "c4nary-3", "set-cookie": "c4nary-4" } } }, "x");
  expect(lines[0]).not.toContain("c4nary");
  expect(lines[0]).toContain("[redacted]");
});

test("secrets inside free text are redacted too, errors included", () => {
  const { lines, logger } = capture();
  const { key, keyId, secret } = mintApiKey("api");
  logger.error({ err: new Error("connect postgresql://app:c4nary@db/x failed") }, `key ${key}, Bearer c4nary-token-value, ?token=c4nary`);
  expect(lines[0]).not.toContain("c4nary");
  expect(lines[0]).not.toContain(secret);
  expect(lines[0]).toContain(keyId);
});
