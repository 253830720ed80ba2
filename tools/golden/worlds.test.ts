import { describe, expect, it } from "vitest";
import { diffStage, printDifference } from "./diff-stage.ts";
import { checkWorld, runWorld, worldNames } from "./worlds.ts";

describe("golden worlds", () => {
  it("exist", () => expect(worldNames().length).toBeGreaterThanOrEqual(3));

  it.each(worldNames())("%s is as committed, stage by stage (else: npm run golden)", async (name) => {
    const shown = (await checkWorld(name)).flatMap(({ stage, differences }) =>
      differences.slice(0, 10).map((difference) => `${stage}\n${printDifference(difference)}`),
    );
    expect(shown).toEqual([]);
  });

  it.each(worldNames())("%s gives the same bytes twice", async (name) => {
    expect(JSON.stringify(await runWorld(name))).toBe(JSON.stringify(await runWorld(name)));
  });

  it("keep no secret of their raw files", async () => {
    // The marker as it stands in the raw files, and decoded.
    for (const name of worldNames()) expect(/CANARY-|Q0FOQVJZ/.exec(JSON.stringify(await runWorld(name)))?.index).toBeUndefined();
  });

  it("name the leaf that differs", () => {
    const [difference, ...rest] = diffStage({ a: { b: 1, c: [1] } }, { a: { b: 2, c: [1] }, d: {} });
    expect(difference).toEqual({ path: "a › b", before: "1", after: "2" });
    expect(rest).toEqual([{ path: "d", before: undefined, after: "{}" }]);
  });
});
