import { incrementalReach, startIncrementalReach } from "@rollcall/access-graph";
import type { CompactGraph, GraphEdit, ReachState } from "@rollcall/access-graph";
import { Dice, estateGraph } from "./graph-shape.ts";
import { measure, percentile } from "./measure.ts";
import { count, printTable, times } from "./report.ts";
import type { Row } from "./report.ts";

interface Edited {
  /** Wall time of each. */
  readonly micros: readonly number[];
  readonly cpuMs: number;
  readonly rebuilt: number;
}

/** Makes all edits, one after the other, each timed by itself. */
function editAll(state: ReachState, edits: readonly GraphEdit[]): Edited {
  const micros: number[] = [];
  let rebuilt = 0;
  const started = process.cpuUsage();
  for (const edit of edits) {
    const before = performance.now();
    const outcome = incrementalReach(state, edit);
    micros.push((performance.now() - before) * 1000);
    if (outcome.rebuilt !== null) rebuilt += 1;
  }
  const { user, system } = process.cpuUsage(started);
  return { micros, cpuMs: (user + system) / 1000, rebuilt };
}

/** Accounts lie one behind the other, and each begins with the node that controls it, the only one of tier zero. */
const accountStarts = (graph: CompactGraph): number[] => [...graph.flags.keys()].filter((node) => (graph.flags[node]! & 2) !== 0);

/** Some identity, which may be a role, may read some asset, of its own account or of any; then no longer. */
function leafEdits(graph: CompactGraph, pairs: number, where: "own" | "any"): GraphEdit[] {
  const dice = new Dice(5);
  const starts = accountStarts(graph);
  const edits: GraphEdit[] = [];
  while (edits.length < 2 * pairs) {
    const from = dice.below(graph.nodeCount);
    const next = starts.findIndex((start) => start > from);
    const [first, end] =
      where === "any" ? [0, graph.nodeCount] : [starts.at(next === -1 ? -1 : next - 1)!, starts[next] ?? graph.nodeCount];
    const to = first + dice.below(end - first);
    if ((graph.flags[from]! & 1) === 0 || graph.weights[to] === 0) continue;
    const edge = { from, to, tag: 5 };
    edits.push({ added: [edge] }, { removed: [edge] });
  }
  return edits;
}

/** Any edges of the graph taken away and put back: most give control of a group, of a role or of a whole account. */
function controlEdits(graph: CompactGraph, pairs: number): GraphEdit[] {
  const dice = new Dice(6);
  const edits: GraphEdit[] = [];
  while (edits.length < 2 * pairs) {
    const from = dice.below(graph.nodeCount);
    const [start, end] = [graph.offsets[from]!, graph.offsets[from + 1]!];
    const at = start + dice.below(end - start);
    if (start === end || (graph.tags[at]! & 15) !== 0) continue;
    const edge = { from, to: graph.targets[at]!, tag: graph.tags[at]! };
    edits.push({ removed: [edge] }, { added: [edge] });
  }
  return edits;
}

const leafRows = ({ micros, cpuMs, rebuilt }: Edited, what: string): Row[] => [
  { what: `${count(micros.length)} ${what}: p50`, wallMs: percentile(micros, 0.5) / 1000, note: "T9: <= 50 us" },
  { what: "  p99", wallMs: percentile(micros, 0.99) / 1000, note: "T9: <= 5 ms" },
  { what: "  most", wallMs: percentile(micros, 1) / 1000, note: `${count(rebuilt)} of them by a full computation` },
  { what: "  all of them", wallMs: micros.reduce((sum, each) => sum + each, 0) / 1000, cpuMs, note: "T9: 10,000 in <= 0.5 s" },
];

/** T9: one changed grant at a time. */
export async function benchEdits(nodes: number): Promise<void> {
  const graph = estateGraph(nodes, 5);
  const started = await measure(() => startIncrementalReach(graph));
  const state = started.value;
  const pairs = Math.min(5_000, nodes / 2);
  const own = editAll(state, leafEdits(graph, pairs, "own"));
  const any = editAll(state, leafEdits(graph, pairs, "any"));
  const control = editAll(state, controlEdits(graph, nodes > 100_000 ? 20 : 100));
  const most = percentile(control.micros, 1) / 1000;
  printTable(`T9: one changed edge at a time, each added and removed or the other way round; ${count(nodes)} nodes`, [
    { what: "full computation with sets kept, both bounds", wallMs: started.wallMs, cpuMs: started.cpuMs },
    ...leafRows(own, "changes of what an identity may read in its account"),
    ...leafRows(any, "changes of what it may read in any account"),
    { what: `${count(control.micros.length)} changes of control: p50`, wallMs: percentile(control.micros, 0.5) / 1000 },
    {
      what: "  most",
      wallMs: most,
      ratio: `${times(most, started.wallMs, "a full computation")} (T9: <= 1.2 x)`,
      note: `${count(control.rebuilt)} of them by a full computation`,
    },
  ]);
}
