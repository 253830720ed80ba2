/** Data on stdout, progress on stderr. On a terminal one line is rewritten; NO_COLOR and pipes get plain lines. */
export function createTerminal(stdout, stderr, env) {
  const styled = Boolean(stderr.isTTY) && !env.NO_COLOR && env.TERM !== "dumb";
  let open = false;
  const endLine = () => {
    if (open) stderr.write("\r\u001b[K");
    open = false;
  };
  return {
    out(text) {
      endLine();
      stdout.write(`${text}\n`);
    },
    /** Resolves when there is room for more: an export must not pile up in memory. */
    write: (text) => (stdout.write(text) ? Promise.resolve() : new Promise((resolve) => stdout.once("drain", resolve))),
    progress(text) {
      const safe = printable(text);
      if (styled) stderr.write(`\r\u001b[K\u001b[2m${safe.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}\u001b[0m`);
      else stderr.write(`${safe}\n`);
      open = styled;
    },
    fail(text) {
      endLine();
      stderr.write(`rollcall: ${printable(text)}\n`);
    },
  };
}

/** Names come from other people's systems: they must not steer the terminal. */
export function printable(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}
