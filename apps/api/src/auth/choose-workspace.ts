const workspaceCookie = /(?:^|;\s*)rollcall_workspace=([0-9a-f-]{36})(?:;|$)/;

/** The workspace that the browser remembers, or the first. The cookie grants nothing: only a workspace of the person's own is entered. */
export function chooseWorkspace<T extends { readonly id: string }>(cookie: string, memberships: readonly T[]): T | null {
  const wanted = workspaceCookie.exec(cookie)?.[1];
  return memberships.find(({ id }) => id === wanted) ?? memberships[0] ?? null;
}
