/** These begin with what another one found, in the same process. */
const together: Readonly<Record<string, string>> = { permanentxss: "xss" };
/** Asks for thirty thousand file names and reports none of what it finds: it takes longer than all others together, and cannot fail. */
export const leftOut: readonly string[] = ["buster"];
/** Those that take longest begin first. */
const slowFirst = ["blindsql", "file", "exec", "brute_login_form", "xxe", "xss"];

/** The modules that a scanner says it has, from its list, as they are run: each in a process of its own, or with the one it needs. */
export function moduleRuns(listed: string): readonly string[] {
  const all = [...listed.matchAll(/^\t(\w+)(?: \(used by default\))?$/gm)].map(([, name]) => name!);
  const names = all.filter((name) => !leftOut.includes(name));
  const withOthers = names
    .filter((name) => together[name] === undefined || !names.includes(together[name]))
    .map((name) => [name, ...names.filter((other) => together[other] === name)].join(","));
  const rank = (run: string): number => {
    const at = slowFirst.indexOf(run.split(",")[0]!);
    return at === -1 ? slowFirst.length : at;
  };
  return withOthers.toSorted((left, right) => rank(left) - rank(right));
}
