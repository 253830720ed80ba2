import { locateExecutable } from "@rollcall/platform";

export const scanners = ["sqlmap", "wapiti", "slowhttptest"] as const;
export type Scanner = (typeof scanners)[number];

/** The wanted scanners that no folder of PATH has: they are started by their names. */
export const missingScanners = (wanted: readonly Scanner[], path: string): readonly Scanner[] =>
  wanted.filter((name) => locateExecutable([name], { PATH: path }, []) === null);

/** Debian and its relatives name the packages like the programs. */
export const installAdvice = (missing: readonly Scanner[]): string =>
  `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not installed. On Debian or Ubuntu: apt-get install ${missing.join(" ")}`;
