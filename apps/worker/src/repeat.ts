/** Does `work` every so often, one after the other, until closed; closing waits for what is under way. `work` deals with its own failures. */
export function repeat(work: () => Promise<void>, everyMillis: number, first = Promise.resolve()): { close(): Promise<void> } {
  let running = first;
  const timer = setInterval(() => {
    running = running.then(work);
  }, everyMillis);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
