/** What every session of a runtime role has: set for the role, and asked for at the start where nothing stands between. */
export const sessionSettings: Readonly<Record<string, string>> = {
  timezone: "UTC",
  // Compiling a query costs more than every query here.
  jit: "off",
  // That a work table exists already is no news.
  client_min_messages: "warning",
  // A process that freezes inside a transaction keeps its locks; after this the server ends it, and another can go on. In milliseconds.
  idle_in_transaction_session_timeout: "60000",
};
