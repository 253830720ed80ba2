import { setTimeout as pause } from "node:timers/promises";

export { pause };

/** Polls until true; false when the time is over. */
export async function until(condition: () => Promise<boolean>, limitMs: number, everyMs = 100): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() > deadline) return false;
    await pause(everyMs);
  }
}

/** Small numbers that repeat with the seed: a failing run can be run again. */
export function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const moved = result[at] as T;
    result[at] = result[other] as T;
    result[other] = moved;
  }
  return result;
}
