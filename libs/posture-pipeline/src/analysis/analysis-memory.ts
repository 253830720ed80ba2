import { HeldReach } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";
import type { FindingDraft, IdentityResult, SinceLast } from "../ports/analysis-store.ts";
import type { VerdictStates } from "./posture-result.ts";

/** What was judged of one identity, and from what. */
export interface Judged {
  readonly result: IdentityResult;
  readonly findings: readonly FindingDraft[];
  readonly states: VerdictStates;
}

interface Kept {
  readonly basis: string;
  readonly judged: Judged;
}

interface Held {
  /** The analysis whose rows are stored; null until they are. */
  runId: string | null;
  readonly graph: AccessGraph;
  readonly reach: HeldReach;
  readonly kept: ReadonlyMap<string, Kept>;
}

/**
 * Bytes of heap that an analysis takes for each identity while what is remembered of the one before is held beside it: 45 KB at a hundred
 * thousand identities (`npm run bench -- analysis --size 100k`, peak), and room for documents longer than those.
 */
const heapPerIdentity = 70_000;

/** How many identities may be remembered in a heap of so many bytes, in all workspaces together. */
export const rememberedIn = (heapBytes: number): number => Math.floor(heapBytes / heapPerIdentity);

/**
 * What the last analysis of a workspace found, in the memory of one process, so that the next one judges again only whose facts, reach or
 * date changed. A loss costs a full pass and nothing else: everything here is derived.
 */
export class AnalysisMemory {
  readonly #maxIdentities: number;
  /** By workspace, the one analysed last at the end. */
  readonly #held = new Map<string, Held>();

  /** Above `maxIdentities` in all workspaces together the ones not analysed for longest are forgotten. */
  constructor({ maxIdentities }: { readonly maxIdentities: number }) {
    this.#maxIdentities = maxIdentities;
  }

  /**
   * An analysis of this workspace begins; `runId` is the one whose rows are stored now. Null when it has too many identities to be remembered:
   * comparing and keeping would only make it dearer.
   */
  begin(
    workspaceId: string,
    { runId, identities }: { readonly runId: string | null; readonly identities: number },
  ): AnalysisInMemory | null {
    if (identities > this.#maxIdentities) return null;
    return new AnalysisInMemory(this.#held.get(workspaceId) ?? null, runId);
  }

  /** What an analysis found becomes what the next one compares with. `runId`: null unless its rows are stored. */
  keep(workspaceId: string, analysis: AnalysisInMemory, runId: string | null): void {
    this.#held.delete(workspaceId);
    const held = analysis.outcome(runId);
    if (held === null) return;
    this.#held.set(workspaceId, held);
    let identities = [...this.#held.values()].reduce((sum, { kept }) => sum + kept.size, 0);
    for (const [oldest, { kept }] of this.#held) {
      if (identities <= this.#maxIdentities) break;
      identities -= kept.size;
      this.#held.delete(oldest);
    }
  }

  forget(workspaceId: string): void {
    this.#held.delete(workspaceId);
  }
}

/** One analysis beside what is remembered of the one before. */
export class AnalysisInMemory {
  readonly #before: Held | null;
  readonly #isStored: boolean;
  readonly #kept = new Map<string, Kept>();
  #graph: AccessGraph | null = null;
  #reach: HeldReach | null = null;
  #judgedAgain = 0;

  constructor(before: Held | null, runId: string | null) {
    this.#before = before;
    this.#isStored = before !== null && runId !== null && before.runId === runId;
  }

  /** To be told the graph before anything asks what it reaches. */
  follow(graph: AccessGraph): void {
    this.#graph = graph;
    this.#reach = this.#before?.reach ?? new HeldReach(graph);
    if (this.#before !== null) this.#reach.follow(graph);
  }

  /** What was judged before of the same basis, or what `judge` says now. */
  judged(identityId: string, basis: string, judge: () => Judged): Judged {
    const before = this.#before?.kept.get(identityId);
    if (before?.basis === basis) {
      this.#kept.set(identityId, before);
      return before.judged;
    }
    this.#judgedAgain += 1;
    const judged = judge();
    this.#kept.set(identityId, { basis, judged });
    return judged;
  }

  get judgedAgain(): number {
    return this.#judgedAgain;
  }

  /** What of this analysis is not stored yet; null when what is stored is not what is remembered. */
  since(): SinceLast | null {
    if (!this.#isStored || this.#before === null || this.#graph === null) return null;
    const stale = new Set<string>();
    for (const [id, kept] of this.#kept) if (this.#before.kept.get(id) !== kept) stale.add(id);
    for (const id of this.#before.kept.keys()) if (!this.#kept.has(id)) stale.add(id);
    return { identityIds: stale, graph: this.#before.graph };
  }

  outcome(runId: string | null): Held | null {
    return this.#graph === null || this.#reach === null ? null : { runId, graph: this.#graph, reach: this.#reach, kept: this.#kept };
  }
}
