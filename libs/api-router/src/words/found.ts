import { AppError } from "@rollcall/platform";

/** One sentence for "never existed" and "belongs to somebody else", so that the answer gives nothing away. */
export function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new AppError("not_found", `There is no such ${what}`);
  return value;
}
