import { datasetOutcome } from "@rollcall/nhi-model";
import type { DatasetOutcome } from "@rollcall/nhi-model";
import { asString, objectsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { readInstant } from "../input/read-instant.ts";

export interface PushScope {
  readonly dataset: string;
  readonly outcome: DatasetOutcome;
  readonly note: string | undefined;
}

/** Who is speaking, about what, as of when. Applies to the records after it, until the next one. */
export interface Envelope {
  readonly source: string;
  readonly account: string | undefined;
  readonly asOf: string | undefined;
  readonly scopes: readonly PushScope[];
  /** How many records follow, where the sender counts them: shows a push that was cut off between two lines. */
  readonly records: number | undefined;
}

/** Observations have a `kind`; an envelope has a `source` and none. */
export const isEnvelope = (record: Json): boolean => !("kind" in record) && asString(record["source"]) !== undefined;

/** The envelope, or what is wrong with it in words. */
export function readEnvelope(record: Json): Envelope | string {
  const source = asString(record["source"]);
  if (source === undefined || source.length > 128) return "the envelope needs a source of at most 128 characters";
  const account = asString(record["account"]);
  if (account !== undefined && account.length > 120) return "the account is longer than 120 characters";
  const asOf = readInstant(record["asOf"]);
  if (record["asOf"] !== undefined && asOf === undefined) return "asOf is not a date";
  const scopes: PushScope[] = [];
  for (const raw of objectsIn(record["scopes"])) {
    const dataset = asString(raw["dataset"]);
    const outcome = datasetOutcome.safeParse(raw["outcome"] ?? "partial");
    if (dataset === undefined || dataset.length > 64 || !outcome.success)
      return "every scope needs a dataset (at most 64 characters) and an outcome: complete, partial, denied or failed";
    scopes.push({ dataset, outcome: outcome.data, note: asString(raw["note"])?.slice(0, 2000) });
  }
  return { source, account, asOf, scopes, records: typeof record["records"] === "number" ? record["records"] : undefined };
}

export const envelopeKey = ({ source, account }: Envelope): string => (account === undefined ? source : `${source}/${account}`);

export const defaultEnvelope = (source: string): Envelope => ({
  source,
  account: undefined,
  asOf: undefined,
  scopes: [],
  records: undefined,
});
