/** Code-unit order: the same on every machine and locale, which localeCompare is not. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a === b ? 0 : 1);
