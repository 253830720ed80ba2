type Json = unknown;

/**
 * Removes what the schema generator adds and no reader needs: bounds that are the whole range of integers, schemas nobody refers to. Names every
 * operation, for generators of clients.
 */
export function tidyDocument(document: object): object {
  const clean = withoutIntegerNoise(document) as {
    paths?: Record<string, Record<string, { operationId?: string }>>;
    components?: { schemas?: Record<string, Json> };
  };
  for (const [path, methods] of Object.entries(clean.paths ?? {}))
    for (const [method, operation] of Object.entries(methods)) operation.operationId = operationIdOf(method, path);
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

/** `GET /api/v1/identities/{id}/blast-radius` is `getIdentitiesByIdBlastRadius`. */
const operationIdOf = (method: string, path: string): string =>
  method +
  path
    .replace(/^\/api\/v\d\//, "")
    .split(/[/-]/)
    .map((word) => (word.startsWith("{") ? `By${capital(word.slice(1, -1))}` : capital(word)))
    .join("");

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

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
