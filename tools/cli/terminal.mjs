/** Data on stdout, progress on stderr: on a terminal one line that is rewritten, in a pipe each state once. */
export function createTerminal(stdout, stderr, env) {
  const rewrites = Boolean(stderr.isTTY) && env.TERM !== "dumb";
  const dim = (text) => (env.NO_COLOR ? text : `\u001b[2m${text}\u001b[0m`);
  const said = new Set();
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
    /** `state` is what the text says without its counts: a log wants every state, not every count. */
    progress(text, state = text) {
      const safe = printable(text);
      if (rewrites) stderr.write(`\r\u001b[K${dim(safe.slice(0, Math.max(20, (stderr.columns ?? 80) - 1)))}`);
      else if (!said.has(state)) stderr.write(`${safe}\n`);
      said.add(state);
      open = rewrites;
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
