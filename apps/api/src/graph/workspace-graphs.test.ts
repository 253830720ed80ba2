import { expect, test } from "vitest";
import type { WorkspaceSnapshot } from "@rollcall/posture-pipeline";
import { graphBytes, WorkspaceGraphs, type GraphSource } from "./workspace-graphs.ts";

const graph = { nodes: [], edges: [], gaps: [], indexByKey: new Map<string, number>(), totalWeight: 0 };
const large = { ...graph, nodes: Array.from({ length: 1000 }) as never[] };

class Source implements GraphSource {
  current = "1";
  loads = 0;
  broken = false;
  version = (): Promise<string | null> => Promise.resolve(this.current);
  graph = () => {
    this.loads += 1;
    return this.broken ? Promise.reject(new Error("away")) : Promise.resolve(large);
  };
  readings = () => Promise.resolve([]);
  now = () => new Date("2026-01-01T00:00:00Z");
  snapshot = (): Promise<WorkspaceSnapshot> => Promise.reject(new Error("not asked for"));
}

test("loads once per version, shares concurrent loads and forgets failures", async () => {
  const source = new Source();
  const graphs = new WorkspaceGraphs(source, 10 * graphBytes(large));
  await Promise.all([graphs.get("w1"), graphs.get("w1")]);
  expect(source.loads).toBe(1);
  source.current = "2";
  expect((await graphs.get("w1"))?.version).toBe("2");
  expect(source.loads).toBe(2);
  source.broken = true;
  source.current = "3";
  await expect(graphs.get("w1")).rejects.toThrow("away");
  source.broken = false;
  expect((await graphs.get("w1"))?.version).toBe("3");
});

test("what was asked about longest ago makes room", async () => {
  const source = new Source();
  const graphs = new WorkspaceGraphs(source, 2 * graphBytes(large));
  for (const workspace of ["w1", "w2", "w1", "w3"]) await graphs.get(workspace);
  expect(source.loads).toBe(3);
  await graphs.get("w1");
  expect(source.loads).toBe(3);
  await graphs.get("w2");
  expect(source.loads).toBe(4);
});

test("a graph larger than the memory given is held all the same, alone", async () => {
  const source = new Source();
  const graphs = new WorkspaceGraphs(source, 1);
  await graphs.get("w1");
  await graphs.get("w1");
  expect(source.loads).toBe(1);
});
