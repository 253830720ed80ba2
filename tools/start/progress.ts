/** Progress lines on stdout: a step with its time when it is done. */
export interface Progress {
  step<T>(name: string, run: (note: (text: string) => void) => Promise<T>): Promise<T>;
  say(text: string): void;
}

const slowStepMs = 10_000;

export function createProgress(write: (text: string) => void = (text) => void process.stdout.write(text)): Progress {
  const say = (text: string): void => write(`${text}\n`);
  return {
    say,
    async step(name, run) {
      const started = Date.now();
      const seconds = (): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;
      const notes: string[] = [];
      const ticker = setInterval(() => say(`  ${name} ... ${seconds()}`), slowStepMs);
      try {
        const result = await run((text) => void notes.push(text));
        const extra = notes.length > 0 ? `, ${notes.join(", ")}` : "";
        say(`  ${name.padEnd(12)} ${seconds()}${extra}`);
        return result;
      } finally {
        clearInterval(ticker);
      }
    },
  };
}
