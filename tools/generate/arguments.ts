import { parseArgs } from "node:util";

export interface GenerateArguments {
  readonly identities: number;
  readonly seed: number;
  readonly out: string;
  readonly asOf: string;
  readonly prefix: string;
}

export const USAGE = "npm run generate -- --identities N --seed S --out FILE [--as-of DATE] [--prefix TEXT]";

const whole = (text: string | undefined, name: string): number => {
  if (text === undefined || !/^\d{1,9}$/.test(text)) throw new RangeError(`--${name} needs a whole number`);
  return Number(text);
};

/** `now` is used when no date is given: it is the only thing that makes two runs differ. */
export const readArguments = (argv: readonly string[], now: Date): GenerateArguments => {
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    options: {
      identities: { type: "string" },
      seed: { type: "string" },
      out: { type: "string" },
      "as-of": { type: "string" },
      prefix: { type: "string" },
    },
  });
  if (values.out === undefined || values.out === "") throw new RangeError("--out needs a file");
  const asOf = values["as-of"] === undefined ? now : new Date(values["as-of"]);
  if (Number.isNaN(asOf.getTime())) throw new RangeError("--as-of needs a date, e.g. 2026-11-20");
  return {
    identities: whole(values.identities, "identities"),
    seed: whole(values.seed ?? "1", "seed"),
    out: values.out,
    asOf: asOf.toISOString(),
    prefix: values.prefix ?? "",
  };
};
