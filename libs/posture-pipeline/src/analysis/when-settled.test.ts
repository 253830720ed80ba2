import { expect, it, vi } from "vitest";
import { whenSettled } from "./when-settled.ts";

const slept = vi.hoisted(() => ({ millis: 0 }));
vi.mock("node:timers/promises", () => ({ setTimeout: (millis: number) => Promise.resolve((slept.millis += millis)) }));

/** How often somebody looked until the wait was over, and for how long; `unfinished` is what each look finds, the last one from then on. */
async function waited(unfinished: readonly number[], waitingSeconds = 0): Promise<{ readonly looks: number; readonly seconds: number }> {
  let looks = 0;
  slept.millis = 0;
  const backlog = () => Promise.resolve({ unfinished: unfinished[Math.min(looks++, unfinished.length - 1)]!, waitingSeconds });
  await whenSettled({ ingest: { backlog } }, "workspace");
  return { looks, seconds: slept.millis / 1000 };
}

it("waits for the last of the listings, and no longer", async () => {
  expect(await waited([0])).toEqual({ looks: 1, seconds: 0 });
  expect(await waited([8, 3, 1, 0])).toEqual({ looks: 4, seconds: 0.6 });
});

it("keeps nobody waiting who waits already, and nobody without end", async () => {
  expect(await waited([5], 30)).toEqual({ looks: 1, seconds: 0 });
  expect((await waited([5])).seconds).toBe(30);
});
