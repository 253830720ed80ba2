import { organisationLevels } from "@rollcall/connectors";
import { readFileSync } from "node:fs";
import { unreadable, usageError } from "./exit.ts";

/** A JSON file named by an option. The parser's own message may quote the file, so it is not passed on. */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw unreadable(`${path} cannot be opened (${(error as NodeJS.ErrnoException).code ?? "error"}).`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw unreadable(`${path} is not JSON.`);
  }
}

/** Levels of organisation policies from all files given, in the order given: the root first. */
export function readLevels(option: string, paths: readonly string[], account: string | null): readonly (readonly unknown[])[] | undefined {
  if (paths.length === 0) return undefined;
  return paths.flatMap((path) => {
    const levels = organisationLevels(readJsonFile(path), account);
    if (levels === null)
      throw unreadable(`${path} holds no policies for --${option}: expected a document, a list of them or an organisation.`);
    return levels;
  });
}

/** One document, or the entries of all files when there are several. */
export function readResourcePolicies(paths: readonly string[]): unknown {
  const [first, ...rest] = paths.map(readJsonFile);
  if (rest.length === 0) return first;
  return [first, ...rest].flatMap((value) => {
    if (!Array.isArray(value)) throw usageError("Several --resource-policy files must be lists of {Resource, Policy, Account}.");
    return value;
  });
}

/** `key=value`; the same key twice makes a list. */
export function readContext(pairs: readonly string[]): Readonly<Record<string, string | readonly string[]>> {
  const values = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw usageError(`--context ${pair} is not key=value.`);
    const key = pair.slice(0, at);
    values.set(key, [...(values.get(key) ?? []), pair.slice(at + 1)]);
  }
  return Object.fromEntries([...values].map(([key, list]) => [key, list.length === 1 ? list[0]! : list]));
}
