type Json = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What a client of `before` can no longer rely on in `after`, in words, each with its place. Additions are no change to anybody. */
export function breakingChanges(before: object, after: object): readonly string[] {
  const changes: string[] = [];
  const [oldPaths, newPaths] = [asObject(asObject(before)["paths"]), asObject(asObject(after)["paths"])];
  for (const [path, methods] of Object.entries(oldPaths)) {
    for (const [method, operation] of Object.entries(asObject(methods))) {
      const where = `${method.toUpperCase()} ${path}`;
      const now = asObject(newPaths[path])[method];
      if (now === undefined) changes.push(`${where} is gone`);
      else changes.push(...operationChanges(where, asObject(operation), asObject(now)));
    }
  }
  const schemas = (document: object): Json => asObject(asObject(asObject(document)["components"])["schemas"]);
  for (const [name, schema] of Object.entries(schemas(before))) {
    const now = schemas(after)[name];
    if (now === undefined) changes.push(`schema ${name} is gone`);
    else changes.push(...schemaChanges(name, schema, now));
  }
  return changes;
}

function operationChanges(where: string, before: Json, after: Json): readonly string[] {
  const keyOf = (parameter: Json): string => `${String(parameter["in"])} ${String(parameter["name"])}`;
  const parameters = (operation: Json): ReadonlyMap<string, Json> =>
    new Map(asList(operation["parameters"]).map((one) => [keyOf(asObject(one)), asObject(one)]));
  const changes: string[] = [];
  const [old, now] = [parameters(before), parameters(after)];
  for (const [key, parameter] of old) {
    const same = now.get(key);
    if (same === undefined) changes.push(`${where}: parameter ${key} is gone`);
    else changes.push(...schemaChanges(`${where}: parameter ${key}`, parameter["schema"], same["schema"]));
  }
  for (const [key, parameter] of now)
    if (parameter["required"] === true && old.get(key)?.["required"] !== true) changes.push(`${where}: parameter ${key} has to be sent`);
  const newResponses = asObject(after["responses"]);
  for (const [status, response] of Object.entries(asObject(before["responses"]))) {
    if (newResponses[status] === undefined) changes.push(`${where}: answer ${status} is gone`);
    else changes.push(...contentChanges(`${where}: answer ${status}`, response, newResponses[status]));
  }
  const body = contentChanges(`${where}: body`, before["requestBody"], after["requestBody"]);
  return [...changes, ...body];
}

function contentChanges(where: string, before: unknown, after: unknown): readonly string[] {
  const now = asObject(asObject(after)["content"]);
  return Object.entries(asObject(asObject(before)["content"])).flatMap(([type, media]) =>
    now[type] === undefined
      ? [`${where} is no longer ${type}`]
      : schemaChanges(where, asObject(media)["schema"], asObject(now[type])["schema"]),
  );
}

function schemaChanges(where: string, before: unknown, after: unknown): readonly string[] {
  const [old, now] = [asObject(before), asObject(after)];
  const changes: string[] = [];
  for (const word of ["type", "format", "$ref", "const"])
    if (old[word] !== undefined && JSON.stringify(old[word]) !== JSON.stringify(now[word])) changes.push(`${where}: ${word} changed`);
  for (const value of asList(old["enum"]))
    if (!asList(now["enum"]).includes(value)) changes.push(`${where}: ${String(value)} is no value any more`);
  for (const [name, schema] of Object.entries(asObject(old["properties"]))) {
    const same = asObject(now["properties"])[name];
    if (same === undefined) changes.push(`${where}.${name} is gone`);
    else changes.push(...schemaChanges(`${where}.${name}`, schema, same));
  }
  if (where.includes(": body"))
    for (const name of asList(now["required"]))
      if (!asList(old["required"]).includes(name)) changes.push(`${where}.${String(name)} has to be sent`);
  if (old["items"] !== undefined) changes.push(...schemaChanges(`${where}[]`, old["items"], now["items"]));
  for (const word of ["anyOf", "oneOf", "allOf"]) {
    const parts = asList(now[word]);
    for (const [index, part] of asList(old[word]).entries())
      changes.push(...schemaChanges(`${where}/${word}/${index}`, part, parts[index]));
  }
  return changes;
}
