import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const arrayBytes = (): number => process.memoryUsage().arrayBuffers;

/**
 * Moves garbage collection out of answers. Each answer about a graph leaves large arrays behind (some 45 MB at 100,000 identities), and V8
 * collects the whole heap, graph included, whenever 64 MB of arrays have come together: most of the time of an answer went there. Here
 * arrays count towards the limit of the heap instead, and what has come together is collected in a pause. Call the result after each answer.
 */
export function collectBetweenAnswers({ maxArrayBytes = 256 * 1024 * 1024, pauseMillis = 1_000 } = {}): () => void {
  setFlagsFromString("--external-memory-accounted-in-global-limit");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let kept = arrayBytes();
  let pause: NodeJS.Timeout | undefined;
  const collectNow = (): void => {
    collect();
    kept = arrayBytes();
  };
  return () => {
    clearTimeout(pause);
    if (arrayBytes() - kept > maxArrayBytes) pause = setTimeout(collectNow, pauseMillis).unref();
  };
}
