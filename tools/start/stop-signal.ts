/** Settles with null at the first request to stop: Ctrl-C, SIGTERM, SIGHUP, or the process that started us being gone. */
export function stopSignal(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve(null));
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      resolve(null);
    }, 1000);
    watch.unref();
  });
}
