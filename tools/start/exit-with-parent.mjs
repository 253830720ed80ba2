// Preloaded into the processes that `npm start` runs: when the starter is gone, however it ended, they end too.
process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 10_000).unref();
});
// The listener above would keep a process alive that has nothing else to do.
process.channel?.unref();
