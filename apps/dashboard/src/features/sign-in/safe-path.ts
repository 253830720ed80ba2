/**
 * Where somebody goes after signing in: the page that the address names, if it is one of ours, or the first one. Text that names another site is made in
 * many ways; what counts is where a browser would go with what is given back.
 */
export function safePath(next: string | null, origin: string): string {
  if (next === null || !next.startsWith("/") || !URL.canParse(next, origin)) return "/";
  const { pathname, search, hash } = new URL(next, origin);
  const path = pathname + search + hash;
  return URL.canParse(path, origin) && new URL(path, origin).origin === origin && new URL(next, origin).origin === origin ? path : "/";
}
