import type { NhiRecord } from "@rollcall/nhi-model";
import { readerOf } from "./path.ts";
import type { Evidence } from "./rule.ts";

/** A value as evidence shows it: lists joined, records as JSON, nothing as "not recorded". */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null || value === "") return "not recorded";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(shownValue).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function evidenceAt(record: NhiRecord, paths: readonly string[]): readonly Evidence[] {
  return paths.map((path) => ({ path, value: shownValue(readerOf(path)(record)) }));
}

/** The named fields of each element of an array, by concrete path. */
export function evidenceIn(record: NhiRecord, array: "credentials" | "trust", paths: readonly string[]): readonly Evidence[] {
  const elements: readonly unknown[] | undefined = record[array];
  if (elements === undefined) return [{ path: array, value: shownValue(undefined) }];
  return elements.flatMap((element, index) =>
    paths.map((path) => ({ path: `${array}[${index}].${path}`, value: shownValue(readerOf(path)(element)) })),
  );
}
