import type { ChokePointsAnswer, GraphService } from "@rollcall/posture-pipeline";
import { GraphThreadService, type ThreadOptions } from "./graph-thread-service.ts";

export interface ApiGraphService extends GraphService {
  warmUp(): void;
  close(): Promise<void>;
}

/** The longest a ranking may take. */
const rankingMillis = 600_000;
/** A ranking that is done by then is answered at once. */
const patienceMillis = 1_500;
/** Memory of the second graph is given back after this. */
const idleMillis = 60_000;

interface Ranking {
  readonly version: string;
  readonly since: string;
  readonly done: Promise<ChokePointsAnswer>;
}

/** Questions go to one thread; rankings, which take long, to a second one that lives while it has work. */
export function createGraphService(options: ThreadOptions, now: () => Date): ApiGraphService {
  const questions = new GraphThreadService(options);
  const background = new GraphThreadService({ ...options, timeLimitMillis: rankingMillis });
  const rankings = new Map<string, Ranking>();
  let idle: NodeJS.Timeout | undefined;

  function start(workspaceId: string, version: string): Ranking {
    clearTimeout(idle);
    const asked = background.ask(workspaceId, { name: "chokePoints", input: {} });
    const ranking: Ranking = { version, since: now().toISOString(), done: asked.then((answer) => ({ state: "ready", ...answer })) };
    rankings.set(workspaceId, ranking);
    void ranking.done
      // A failed ranking is told to whoever waits, and begun again by the next who asks.
      .catch(() => rankings.get(workspaceId) === ranking && rankings.delete(workspaceId))
      .finally(() => {
        clearTimeout(idle);
        idle = setTimeout(() => void background.rest(), idleMillis);
        idle.unref();
      });
    return ranking;
  }

  return {
    ask: (workspaceId, question, asked) => questions.ask(workspaceId, question, asked),
    async chokePoints(workspaceId) {
      const version = await questions.ask(workspaceId, { name: "version", input: {} });
      const known = rankings.get(workspaceId);
      const ranking = known?.version === version ? known : start(workspaceId, version);
      return Promise.race([ranking.done, later<ChokePointsAnswer>(patienceMillis, { state: "computing", since: ranking.since })]);
    },
    warmUp: () => questions.warmUp(),
    async close() {
      clearTimeout(idle);
      await Promise.all([questions.close(), background.close()]);
    },
  };
}

const later = <T>(millis: number, value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), millis).unref());
