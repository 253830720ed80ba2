import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { reachStats } from "@rollcall/access-graph";
import { estateGraph } from "./graph-shape.ts";
import { memoryPeakBytes } from "./measure.ts";

/** Peaks of resident memory in bytes: after the first and after the third computation. */
export interface ReachMemory {
  readonly first: number;
  readonly third: number;
}

/** In a process of its own, where no baseline has left anything. */
export const reachMemory = (nodes: number, edgesPerNode: number): ReachMemory => {
  const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), String(nodes), String(edgesPerNode)], {
    encoding: "utf8",
  });
  return JSON.parse(output) as ReachMemory;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const graph = estateGraph(Number(process.argv[2]), Number(process.argv[3]));
  reachStats(graph);
  const first = memoryPeakBytes();
  for (let round = 0; round < 2; round += 1) reachStats(graph);
  process.stdout.write(JSON.stringify({ first, third: memoryPeakBytes() }));
}
