/** Collects the values of a statement that is put together piece by piece; `bind` gives the placeholder. Input never becomes SQL. */
export interface Parameters {
  readonly values: unknown[];
  bind(value: unknown): string;
}

export function createParameters(...first: readonly unknown[]): Parameters {
  const values: unknown[] = [...first];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** `column in (values)`, where the empty string stands for "not known". */
export function anyOf(parameters: Parameters, column: string, wanted: readonly string[]): string {
  const known = wanted.filter((value) => value !== "");
  const parts = [
    ...(known.length > 0 ? [`${column} = any(${parameters.bind(known)})`] : []),
    ...(known.length < wanted.length ? [`${column} is null`] : []),
  ];
  return parts.length === 0 ? "false" : `(${parts.join(" or ")})`;
}

/** A substring pattern in which what people type means itself. Names are stored composed (NFC); a keyboard may not compose. */
export const containsPattern = (text: string): string =>
  `%${text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;
