import { expect, test, vi } from "vitest";
import { collectBetweenAnswers } from "./collect-between-answers.ts";

const arrayBytes = (): number => process.memoryUsage().arrayBuffers;

test("large arrays that an answer left behind are collected in the pause after it", async () => {
  const answered = collectBetweenAnswers({ maxArrayBytes: 8 * 1024 * 1024, pauseMillis: 20 });
  const before = arrayBytes();
  expect(new Uint8Array(16 * 1024 * 1024).fill(1).length).toBeGreaterThan(0);
  answered();
  await vi.waitFor(() => expect(arrayBytes()).toBeLessThan(before + 4 * 1024 * 1024));
});
