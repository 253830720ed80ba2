import type { ExposureView } from "../ports/graph-views.ts";
import type { Interval } from "../ports/views.ts";
import { levelOfPoints, nodeNumber } from "./node-view.ts";
import { picture } from "./picture.ts";
import type { PictureOptions } from "./picture.ts";
import { reachTree } from "./reach-tree.ts";
import type { ReadGraph } from "./source-lags.ts";

export type ExposureAnswer = Omit<ExposureView, "version">;

/** Who can reach one node, what they may do with it, and by which ways. */
export function answerExposure({ graph, lags }: ReadGraph, reference: string, options: PictureOptions): ExposureAnswer {
  const node = nodeNumber(graph, reference);
  const tree = reachTree(graph, node, "in");
  const [identities, credentials, outsiders] = [counter(), counter(), counter()];
  const counters: Readonly<Record<string, Counter>> = { identity: identities, credential: credentials, external: outsiders };
  const byLevel = { admin: 0, write: 0, read: 0 };
  for (const each of tree.order) {
    const { kind } = graph.nodes[each]!;
    counters[kind]?.add(tree.conditional[each] === 1);
    if (kind === "identity") byLevel[levelOfPoints(tree.points[each]!)] += 1;
  }
  const all = graph.nodes.reduce((sum, each) => sum + (each.kind === "identity" ? 1 : 0), 0);
  const share = (count: number): number => (all === 0 ? 0 : Math.round((1000 * count) / all) / 10);
  return {
    reachers: { identities: identities.interval(), credentials: credentials.interval(), outsiders: outsiders.interval() },
    pct: { min: share(identities.interval().min), max: share(identities.interval().max) },
    byLevel,
    // Somebody's hidden grants could lead here from anywhere.
    atLeast: graph.gaps.length > 0 || lags.length > 0,
    lags,
    picture: picture(graph, tree, options),
  };
}

interface Counter {
  readonly add: (conditional: boolean) => void;
  readonly interval: () => Interval;
}

function counter(): Counter {
  let [certain, all] = [0, 0];
  return {
    add: (conditional) => {
      all += 1;
      if (!conditional) certain += 1;
    },
    interval: () => ({ min: certain, max: all }),
  };
}
