type Json = unknown;

/** Removes what the schema generator adds and no reader needs: bounds that are the whole range of integers, schemas nobody refers to. */
export function tidyDocument(document: object): object {
  const clean = withoutIntegerNoise(document) as { components?: { schemas?: Record<string, Json> } };
  const schemas = clean.components?.schemas;
  if (schemas === undefined) return clean;
  for (let removed = true; removed;) {
    const text = JSON.stringify(clean);
    const unused = Object.keys(schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    for (const name of unused) delete schemas[name];
    removed = unused.length > 0;
  }
  return clean;
}

function withoutIntegerNoise(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutIntegerNoise);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, inner]) =>
          !(key === "maximum" && inner === Number.MAX_SAFE_INTEGER) && !(key === "minimum" && inner === Number.MIN_SAFE_INTEGER),
      )
      .map(([key, inner]) => [key, withoutIntegerNoise(inner)]),
  );
}
