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
